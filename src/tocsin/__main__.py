"""`python -m tocsin`: the command line, where its script is not on the path."""

from tocsin.cli.main import entry

if __name__ == "__main__":  # processes that are spawned load this module too
    entry()
