"""Certificates that anybody can check without a network."""
