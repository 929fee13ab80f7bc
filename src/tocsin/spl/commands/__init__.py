"""The commands of SPL, one a file. `TABLE` in `tocsin.spl.parser` lists them."""
