dnl For PIE and phpize: the build is cargo's; what phpize adds is where PHP and its modules are.

PHP_ARG_ENABLE([runcloud],
  [whether to build the runcloud extension],
  [AS_HELP_STRING([--disable-runcloud], [Do not build the runcloud extension])],
  [yes])

if test "$PHP_RUNCLOUD" != "no"; then
  if test "$PHP_THREAD_SAFETY" = "yes"; then
    AC_MSG_ERROR([this PHP is thread-safe (ZTS), which the extension does not support: use a PHP without thread safety (NTS)])
  fi
  AC_PATH_PROG([CARGO], [cargo], [no], [$PATH:$HOME/.cargo/bin])
  if test "$CARGO" = "no"; then
    AC_MSG_ERROR([cargo was not found: install Rust as https://rustup.rs says, and libclang])
  fi
  PHP_SUBST([CARGO])
  PHP_ADD_MAKEFILE_FRAGMENT([$abs_srcdir/Makefile.frag])
  dnl The build script of the bindings takes a path, not a name.
  AC_PATH_PROG([PHP_CONFIG_PATH], [$PHP_CONFIG], [$PHP_CONFIG])
  PHP_SUBST([PHP_CONFIG_PATH])
  PHP_ADD_BUILD_DIR([modules])
  PHP_MODULES="\$(phplibdir)/runcloud.so"
  PHP_SUBST([PHP_MODULES])
  AC_DEFINE([COMPILE_DL_RUNCLOUD], [1], [The extension is a shared one])
fi
