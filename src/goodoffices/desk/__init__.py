"""Rooms for the parties and a desk for the mediator, as web pages and for programs."""
