"""Telling people and other programs what a build did: mail and webhooks."""
