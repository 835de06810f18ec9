//! The arguments of `RunCloud\inspect_hosts` and `RunCloud\lookup_txt`.

use std::net::IpAddr;

use ext_php_rs::{
    convert::{FromZval, StubLiteral},
    flags::DataType,
    types::Zval,
};

use crate::php::{
    arguments::{Int, place, refuse},
    engine::{zend_argument_value_error, zend_parse_arg_double_slow},
};

/// Positions in the engine's `zend_expected_type`.
const EXPECTED_ARRAY: u32 = 6;
const EXPECTED_FLOAT: u32 = 20;

/// Most paths of one call.
const MOST_PATHS: usize = 8;
/// Most addresses of one call.
const MOST_ADDRESSES: usize = 8;
/// Longest path.
const LONGEST_PATH: usize = 500;
/// Longest prefix.
const LONGEST_PREFIX: usize = 63;

/// Hosts as they were given. What is no string is none that could be looked at, and is answered in its place.
#[derive(Clone)]
pub struct Hosts(pub Vec<String>);

/// Names as they were given. What is no string is none that could be asked for, and is answered under "".
#[derive(Clone)]
pub struct Names(pub Vec<Vec<u8>>);

/// Paths, each with its first slash.
#[derive(Clone)]
pub struct Paths(pub Vec<String>);

/// IP addresses.
#[derive(Clone)]
pub struct Addresses(pub Vec<IpAddr>);

/// Labels that may stand before a host.
#[derive(Clone)]
pub struct Prefix(pub String);

/// A deadline in seconds.
#[derive(Clone, Copy)]
pub struct Seconds(pub f64);

/// How many at once.
#[derive(Clone, Copy)]
pub struct AtOnce(pub usize);

/// Leaves a `ValueError` pending.
fn refuse_value<T>(zval: &Zval, why: &std::ffi::CStr) -> Option<T> {
    // SAFETY: the format is a C string without placeholders.
    unsafe { zend_argument_value_error(place(zval).0, why.as_ptr()) }
    None
}

/// The values of an array, or a pending `TypeError`.
fn values<T>(zval: &Zval, read: impl Fn(&Zval) -> T) -> Option<Vec<T>> {
    match zval.dereference().array() {
        Some(array) => Some(array.values().map(|value| read(value.dereference())).collect()),
        None => refuse(zval, EXPECTED_ARRAY),
    }
}

impl FromZval<'_> for Hosts {
    const TYPE: DataType = DataType::Array;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let text = |value: &Zval| match value.zend_str() {
            Some(text) => String::from_utf8_lossy(text.as_bytes()).into_owned(),
            None => String::new(),
        };
        values(zval, text).map(Self)
    }
}

impl FromZval<'_> for Names {
    const TYPE: DataType = DataType::Array;

    fn from_zval(zval: &Zval) -> Option<Self> {
        values(zval, |value| value.zend_str().map(|text| text.as_bytes().to_vec()).unwrap_or_default())
            .map(Self)
    }
}

impl FromZval<'_> for Paths {
    const TYPE: DataType = DataType::Array;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let path = |value: &Zval| {
            let path = value.str()?;
            let is_path = path.starts_with('/')
                && path.len() <= LONGEST_PATH
                && path.bytes().all(|b| b.is_ascii_graphic() && b != b'#');
            is_path.then(|| path.to_owned())
        };
        match values(zval, path)?.into_iter().collect::<Option<Vec<_>>>() {
            Some(paths) if paths.len() <= MOST_PATHS => Some(Self(paths)),
            _ => refuse_value(zval, c"must be a list of at most 8 paths in ASCII, each with a slash first"),
        }
    }
}

impl FromZval<'_> for Addresses {
    const TYPE: DataType = DataType::Array;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let address = |value: &Zval| value.str()?.parse().ok();
        match values(zval, address)?.into_iter().collect::<Option<Vec<_>>>() {
            Some(addresses) if addresses.len() <= MOST_ADDRESSES => Some(Self(addresses)),
            _ => refuse_value(zval, c"must be a list of at most 8 IP addresses"),
        }
    }
}

impl FromZval<'_> for Prefix {
    const TYPE: DataType = DataType::String;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let crate::php::arguments::Text(prefix) = FromZval::from_zval(zval)?;
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        if prefix.len() <= LONGEST_PREFIX && prefix.split('.').all(is_label) {
            return Some(Self(prefix.to_ascii_lowercase()));
        }
        refuse_value(zval, c"must be one or more labels such as _acme-challenge, at most 63 characters")
    }
}

impl FromZval<'_> for Seconds {
    const TYPE: DataType = DataType::Double;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let mut seconds = 0.0;
        if let Some(given) = zval.double() {
            seconds = given;
        } else if zval.is_null()
            // SAFETY: `zval` is a live argument of the current call, `seconds` outlives the call.
            || !unsafe { zend_parse_arg_double_slow(zval, &raw mut seconds, place(zval).0) }
        {
            return refuse(zval, EXPECTED_FLOAT);
        }
        if (0.1..=600.0).contains(&seconds) {
            return Some(Self(seconds));
        }
        refuse_value(zval, c"must be between 0.1 and 600")
    }
}

impl FromZval<'_> for AtOnce {
    const TYPE: DataType = DataType::Long;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let Int(number) = Int::from_zval(zval)?;
        match usize::try_from(number) {
            Ok(number) if (1..=256).contains(&number) => Some(Self(number)),
            _ => refuse_value(zval, c"must be between 1 and 256"),
        }
    }
}

impl From<[&str; 0]> for Paths {
    fn from(_: [&str; 0]) -> Self {
        Self(Vec::new())
    }
}

impl From<[&str; 0]> for Addresses {
    fn from(_: [&str; 0]) -> Self {
        Self(Vec::new())
    }
}

impl From<f64> for Seconds {
    fn from(seconds: f64) -> Self {
        Self(seconds)
    }
}

impl From<usize> for AtOnce {
    fn from(number: usize) -> Self {
        Self(number)
    }
}

impl StubLiteral for Paths {
    fn stub_literal(&self) -> String {
        "[]".into()
    }
}

impl StubLiteral for Addresses {
    fn stub_literal(&self) -> String {
        "[]".into()
    }
}

impl StubLiteral for Seconds {
    fn stub_literal(&self) -> String {
        format!("{:?}", self.0)
    }
}

impl StubLiteral for AtOnce {
    fn stub_literal(&self) -> String {
        self.0.to_string()
    }
}
