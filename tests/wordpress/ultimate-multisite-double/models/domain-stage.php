<?php
/** Stages of a domain record. */

namespace WP_Ultimo\Database\Domains;

final class Domain_Stage {
	const CHECKING_DNS     = 'checking-dns';
	const CHECKING_SSL     = 'checking-ssl-cert';
	const DONE             = 'done';
	const DONE_WITHOUT_SSL = 'done-without-ssl';
	const FAILED           = 'failed';
	const SSL_FAILED       = 'ssl-failed';
}
