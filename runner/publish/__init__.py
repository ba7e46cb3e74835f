"""What leaves a build: files encoded and sent, imported files marked as done."""
