/**
 * The screens of Domain Sync for RunCloud: buttons that copy, and parts of the page that renew themselves. All works without it.
 */
( function () {
	'use strict';

	var settings = window.domainSync;
	var seen = {};

	function say( text ) {
		if ( window.wp && window.wp.a11y ) {
			window.wp.a11y.speak( text, 'polite' );
		}
	}

	function copy( text ) {
		if ( navigator.clipboard && window.isSecureContext ) {
			return navigator.clipboard.writeText( text );
		}
		// A page without TLS has no clipboard of its own.
		return new Promise( function ( resolve, reject ) {
			var field = document.createElement( 'textarea' );
			field.value = text;
			field.className = 'screen-reader-text';
			document.body.appendChild( field );
			field.select();
			var done = document.execCommand( 'copy' );
			field.remove();
			if ( done ) {
				resolve();
			} else {
				reject();
			}
		} );
	}

	document.addEventListener( 'click', function ( event ) {
		var button = event.target.closest ? event.target.closest( '[data-domain-sync-copy]' ) : null;
		if ( ! button ) {
			return;
		}
		var label = button.dataset.label || button.textContent;
		button.dataset.label = label;
		copy( button.dataset.domainSyncCopy ).then(
			function () {
				button.textContent = settings.texts.copied;
				say( settings.texts.copied );
			},
			function () {
				button.textContent = settings.texts.failed;
				say( settings.texts.failed );
			}
		).then( function () {
			button.focus();
			window.setTimeout( function () {
				button.textContent = label;
			}, 3000 );
		} );
	} );

	function showCopyButtons() {
		document.querySelectorAll( '[data-domain-sync-copy]' ).forEach( function ( button ) {
			button.hidden = false;
		} );
	}

	function parts() {
		return Array.prototype.slice.call( document.querySelectorAll( '[data-domain-sync]' ) );
	}

	function renew() {
		var elements = parts();
		if ( document.visibilityState !== 'visible' || ! elements.length ) {
			return;
		}
		var form = new FormData();
		form.append( 'action', settings.action );
		form.append( '_wpnonce', settings.nonce );
		elements.forEach( function ( element ) {
			form.append( 'parts[]', element.dataset.domainSync );
		} );
		window.fetch( settings.address, { method: 'POST', body: form, credentials: 'same-origin' } ).then( function ( answer ) {
			return answer.ok ? answer.json() : {};
		} ).then( function ( html ) {
			var changes = 0;
			elements.forEach( function ( element ) {
				var name = element.dataset.domainSync;
				// What somebody is using stays.
				if ( html[ name ] === undefined || html[ name ] === seen[ name ] || element.contains( document.activeElement ) ) {
					return;
				}
				var before = element.textContent;
				element.innerHTML = html[ name ];
				// "5 minutes ago" grows older by itself: only words that mean something are said.
				if ( seen[ name ] !== undefined && element.offsetParent && element.querySelector( '.domain-sync-status' ) && before !== element.textContent ) {
					changes++;
				}
				seen[ name ] = html[ name ];
			} );
			showCopyButtons();
			if ( changes ) {
				say( settings.texts.renewed.replace( '%d', changes ) );
			}
		} ).catch( function () {
			// The next time, perhaps.
		} );
	}

	showCopyButtons();
	if ( settings && parts().length ) {
		window.setInterval( renew, settings.every );
		document.addEventListener( 'visibilitychange', renew );
	}
}() );
