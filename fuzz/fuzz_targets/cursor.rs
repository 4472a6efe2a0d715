//! Places in the list as they come back from clients. What is read is written as something that reads as the same.
//!
//! Bytes that are no cursor are tried once more as the content of one.

#![no_main]

use api::lista::Orden;
use libfuzzer_sys::fuzz_target;
use server::store::lista::Cursor;

fuzz_target!(|text: &str| {
    comes_back(text);
    if let Some(encoded) = encode(text) {
        comes_back(&encoded);
    }
    if let Ok(orden) = text.parse::<Orden>() {
        assert_eq!(orden.to_string(), text);
    }
});

fn comes_back(text: &str) {
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse::<Cursor>().as_ref(), Ok(&cursor), "{text:?}");
    }
}

/// `-cliente|íñigo|7` as a cursor's content.
fn encode(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '|');
    let (orden, valor, id) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let valor = match valor.parse::<i64>() {
        Ok(number) => server::store::lista::Valor::Int(number),
        Err(_) => server::store::lista::Valor::Text(valor.to_owned()),
    };
    Some(Cursor { orden: orden.parse().ok()?, valor, id }.to_string())
}
