"""SHA-3 and SHAKE for hashlib."""
from _sha3_core import sha3_224, sha3_256, sha3_384, sha3_512
from _shake import shake_128, shake_256

implementation = 'generic'
