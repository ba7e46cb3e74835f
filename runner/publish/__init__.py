"""What leaves a build: files encoded and sent."""
