//! What a visitor is served, looked at in a small world on loopback: name servers, web servers, certificates.

mod suffixes;
