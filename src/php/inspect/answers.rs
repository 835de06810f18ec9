//! Answers by the names that were asked for, as a PHP array.

use ext_php_rs::{
    convert::IntoZval,
    error::Result,
    flags::DataType,
    types::{ArrayKey, ZendHashTable, ZendStr, Zval},
};

use super::dns_answer::DnsAnswer;

/// Answers by names. A name may be any bytes.
pub struct Answers(pub(super) Vec<(Vec<u8>, DnsAnswer)>);

impl IntoZval for Answers {
    const TYPE: DataType = DataType::Array;
    const NULLABLE: bool = false;

    fn set_zval(self, out: &mut Zval, _: bool) -> Result<()> {
        let mut array = ZendHashTable::new();
        for (name, answer) in self.0 {
            match std::str::from_utf8(&name) {
                // Digits are a number, as PHP has it.
                Ok(name) => array.insert(name, answer)?,
                Err(_) => array.insert(ArrayKey::ZendString(&ZendStr::new(&name, false)), answer)?,
            }
        }
        out.set_hashtable(array);
        Ok(())
    }
}
