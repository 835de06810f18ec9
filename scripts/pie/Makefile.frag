# cargo knows what is out of date, so it is always asked.
.PHONY: cargo-build
$(phplibdir)/runcloud.so: cargo-build
	cp $(top_srcdir)/../../target/release/libruncloud.so $@

cargo-build:
	PHP_CONFIG=$(PHP_CONFIG_PATH) PHP=$(PHP_EXECUTABLE) $(CARGO) rustc --quiet --locked --release --package runcloud --lib --crate-type cdylib \
		--manifest-path $(top_srcdir)/../../Cargo.toml --target-dir $(top_srcdir)/../../target
