"""``python -m doudi.cli``: the same command."""

from doudi.cli.command import main

if __name__ == "__main__":
    main()
