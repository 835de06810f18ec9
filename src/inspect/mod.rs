//! What a visitor is served: DNS, plain HTTP and TLS, for many hosts at once. No PHP, and nothing of `RunCloud`'s.

pub mod suffix;
