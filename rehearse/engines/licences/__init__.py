"""Licences of everything that rehearse contains or installs."""
