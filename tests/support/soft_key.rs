//! A security key in memory, with the browser it is plugged into.

use openssl::base64::{decode_block, encode_block};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, PointConversionForm};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::sha::sha256;
use openssl::sign::Signer;
use serde_json::{Value, json};

/// Base64 for addresses, without padding.
pub fn base64url(bytes: &[u8]) -> String {
    encode_block(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

/// Such a text with one bit of a byte turned.
pub fn with_a_bit_turned(text: &Value, place: usize) -> Value {
    let text = text.as_str().unwrap().replace('-', "+").replace('_', "/");
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    let mut bytes = decode_block(&format!("{text}{padding}")).unwrap();
    bytes[place] ^= 4;
    json!(base64url(&bytes))
}

/// What a key and its browser do when they are asked; a test can have them do something else.
#[derive(Clone)]
pub struct Asked {
    /// What browsers call this sort of signature.
    pub kind: &'static str,
    /// The domain, or AppID, the key signs for.
    pub place: String,
    /// What is to be signed.
    pub challenge: String,
    /// The page that asks.
    pub origin: String,
    /// 1: somebody touched the key.
    pub flags: u8,
    /// How often the key was used.
    pub counter: u32,
}

/// A key pair on P-256, and the name the key goes by.
pub struct SoftKey {
    key: EcKey<Private>,
    id: Vec<u8>,
}

impl SoftKey {
    /// A new key that goes by this name.
    pub fn new(id: &str) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        Self { key: EcKey::generate(&group).unwrap(), id: id.as_bytes().to_vec() }
    }

    /// The coordinates of the public key.
    fn point(&self) -> [Vec<u8>; 2] {
        let (mut x, mut y) = (BigNum::new().unwrap(), BigNum::new().unwrap());
        let mut context = BigNumContext::new().unwrap();
        self.key.public_key().affine_coordinates(self.key.group(), &mut x, &mut y, &mut context).unwrap();
        [x.to_vec_padded(32).unwrap(), y.to_vec_padded(32).unwrap()]
    }

    /// The record of a WebAuthn key in `tfa.cfg`.
    pub fn webauthn(&self, counter: u32) -> Value {
        let [x, y] = self.point().map(|part| base64url(&part));
        let point = json!({"curve": "SECP256R1", "x": x, "y": y});
        json!({
            "cred_id": base64url(&self.id),
            "cred": {"type_": "ES256", "key": {"EC_EC2": point}},
            "counter": counter,
            "backup_eligible": false,
            "backup_state": false,
        })
    }

    /// The same as older versions of the original wrote it.
    pub fn old_webauthn(&self, counter: u32) -> Value {
        let [x, y] = self.point();
        let point = json!({"curve": "SECP256R1", "x": x, "y": y});
        let key = json!({"type_": "ES256", "key": {"EC_EC2": point}});
        json!({"cred_id": base64url(&self.id), "cred": key, "counter": counter})
    }

    /// The record of a U2F key in `tfa.cfg`.
    pub fn u2f(&self) -> Value {
        let mut context = BigNumContext::new().unwrap();
        let form = PointConversionForm::UNCOMPRESSED;
        let point = self.key.public_key().to_bytes(self.key.group(), form, &mut context).unwrap();
        let key = json!({"keyHandle": base64url(&self.id), "version": "U2F_V2"});
        json!({"key": key, "public-key": encode_block(&point)})
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let key = PKey::from_ec_key(self.key.clone()).unwrap();
        Signer::new(MessageDigest::sha256(), &key).unwrap().sign_oneshot_to_vec(message).unwrap()
    }

    /// What a browser answers to a WebAuthn question, as the original's page sends it.
    pub fn answer_webauthn(&self, asked: &Asked) -> Value {
        let client = json!({"type": asked.kind, "challenge": asked.challenge, "origin": asked.origin});
        let client = client.to_string();
        let mut data = sha256(asked.place.as_bytes()).to_vec();
        data.push(asked.flags);
        data.extend(asked.counter.to_be_bytes());
        let signature = self.sign(&[data.as_slice(), &sha256(client.as_bytes())].concat());
        json!({
            "id": base64url(&self.id),
            "rawId": base64url(&self.id),
            "type": "public-key",
            "challenge": asked.challenge,
            "response": {
                "authenticatorData": base64url(&data),
                "clientDataJSON": base64url(client.as_bytes()),
                "signature": base64url(&signature),
            },
        })
    }

    /// What a browser answers to a U2F question.
    pub fn answer_u2f(&self, asked: &Asked) -> Value {
        let client = json!({"typ": asked.kind, "challenge": asked.challenge, "origin": asked.origin});
        let client = client.to_string();
        let mut head = vec![asked.flags];
        head.extend(asked.counter.to_be_bytes());
        let message = [&sha256(asked.place.as_bytes())[..], &head, &sha256(client.as_bytes())].concat();
        json!({
            "keyHandle": base64url(&self.id),
            "clientData": base64url(client.as_bytes()),
            "signatureData": base64url(&[head, self.sign(&message)].concat()),
        })
    }
}
