"""Omissus: which acts a treaty requires a State to criminalise, and its law leaves out."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("omissus")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0"
