"""OpenPGP (RFC 4880, RFC 9580): files decrypted, verified, encrypted and signed.

GnuPG does the work, called by python-gnupg, which comes with `pip install runner[pgp]`. Only this
package knows either. Each use has a keyring of its own that holds the declared keys and no others.
"""

from runner.pgp.check import check_decryption, check_encryption
from runner.pgp.decrypt import Decode, DecryptionKeys, Decryptor, NotDecrypted
from runner.pgp.door import PgpError
from runner.pgp.encrypt import EncryptionKeys, encrypt
from runner.pgp.keyring import Key

__all__ = [
    "Decode",
    "DecryptionKeys",
    "Decryptor",
    "EncryptionKeys",
    "Key",
    "NotDecrypted",
    "PgpError",
    "check_decryption",
    "check_encryption",
    "encrypt",
]
