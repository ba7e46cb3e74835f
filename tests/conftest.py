"""What all tests share: servers, the command, small projects."""

pytest_plugins = [
    "tests.servers.sshd",
    "tests.servers.command",
    "tests.functional.workshop",
    "tests.functional.real_data",
]
