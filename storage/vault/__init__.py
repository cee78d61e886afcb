"""Everything about keys and encryption.

    root key  (a file, the environment, systemd, a passphrase; never beside the data)       root.py
     │
     ├─ HKDF ─ a key per purpose ─ HMAC ─► pseudonyms: what stands for an account or event   pseudonyms.py
     │
     ├─ HKDF ─ HMAC ─► the links of the audit trail                                          chain.py
     │
     ├─ HKDF ─ HMAC ─► who has left, and must not come back by a back-up                     ../tombstones.py
     │
     ├─ HKDF ─ with seven words, Argon2id ─► what a receipt finds and opens                  receipts.py
     │
     ├─ HKDF ─ seals ─► the newsroom's signing key (a file): its official accounts           signing.py
     │
     └─ HKDF ─ seals ─► key ring (a file): KEK 1, KEK 2, … replaced every 7 days             ring.py
                         │
                         └─ HKDF per key id ─ wraps ─► data key: one per story, draft,       wraps.py
                                                        route, file, chat and day
                                                         │
                                                         ├─ HKDF per row ─ seals ─► column   envelope.py
                                                         └─ HKDF per file ─ seals ─► chunks  stream.py

    twelve words on paper ─ HKDF ─► the newsroom's offline key, for what lies cold: the      newsroom.py
                                    server has its public half, and seals stories' keys      ../cold.py

To shred something, destroy its wraps: nothing else leads to its data key. When the KEK is destroyed as well,
a copy of the wraps in an old back-up is worth nothing either. All ciphers are AES-256-GCM, all hashes
SHA-256; what is sealed names its place in the associated data, so it opens nowhere else.
"""

from storage.vault.chain import ChainKeys
from storage.vault.envelope import Column, DataKey, open_sealed, seal
from storage.vault.pseudonyms import Pseudonyms, Purpose
from storage.vault.receipts import Lookup, Misread, Opened, Pepper, Receipt
from storage.vault.ring import KeyRing
from storage.vault.ring_file import Kek, KekNumber, RingKey
from storage.vault.root import (
    KeyCredential,
    KeyEnvironment,
    KeyFile,
    KeyPassphrase,
    RootKey,
    RootKeySource,
    create_root_key,
    load_root_key,
)
from storage.vault.secret import Secret, derive
from storage.vault.stream import Opener, Sealer, sealed_size
from storage.vault.wraps import Holder, kek_number_of, rewrap, unwrap, wrap

__all__ = [
    "ChainKeys",
    "Column",
    "DataKey",
    "Holder",
    "Kek",
    "KekNumber",
    "KeyCredential",
    "KeyEnvironment",
    "KeyFile",
    "KeyPassphrase",
    "KeyRing",
    "Lookup",
    "Misread",
    "Opened",
    "Opener",
    "Pepper",
    "Pseudonyms",
    "Purpose",
    "Receipt",
    "RingKey",
    "RootKey",
    "RootKeySource",
    "Sealer",
    "Secret",
    "create_root_key",
    "derive",
    "kek_number_of",
    "load_root_key",
    "open_sealed",
    "rewrap",
    "seal",
    "sealed_size",
    "unwrap",
    "wrap",
]
