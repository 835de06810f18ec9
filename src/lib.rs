//! RunCloud for PHP.
