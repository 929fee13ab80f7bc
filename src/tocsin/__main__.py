"""`python -m tocsin`: the command line, where its script is not on the path."""

from tocsin.cli.main import main

if __name__ == "__main__":  # processes that are spawned load this module too
    main()
