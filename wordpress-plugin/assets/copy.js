/* Copy buttons: shown where a script runs, and they say that they did. Without a script the texts stand there to be selected. */
( function () {
	'use strict';

	function put( text ) {
		if ( navigator.clipboard && window.isSecureContext ) {
			return navigator.clipboard.writeText( text );
		}
		// Pages without TLS have no clipboard of their own.
		return new Promise( function ( done, failed ) {
			var field = document.createElement( 'textarea' );
			var focus = document.activeElement;
			field.value = text;
			field.setAttribute( 'readonly', '' );
			field.style.position = 'fixed';
			field.style.opacity = '0';
			document.body.appendChild( field );
			field.select();
			var copied = document.execCommand( 'copy' );
			field.remove();
			if ( focus ) {
				focus.focus( { preventScroll: true } );
			}
			( copied ? done : failed )();
		} );
	}

	function say( button, text, label ) {
		var region = document.getElementById( 'domain-sync-said' );
		if ( ! region ) {
			region = document.createElement( 'div' );
			region.id = 'domain-sync-said';
			region.className = 'domain-sync-said';
			region.setAttribute( 'role', 'status' );
			region.setAttribute( 'aria-live', 'polite' );
			document.body.appendChild( region );
		}
		// A region that has just come is not read at once, and the same words are not read twice.
		region.textContent = '';
		window.setTimeout( function () {
			region.textContent = text;
		}, 100 );
		var before = button.getAttribute( 'data-label' ) || button.textContent;
		button.setAttribute( 'data-label', before );
		button.textContent = label;
		window.clearTimeout( button.domainSyncTimer );
		button.domainSyncTimer = window.setTimeout( function () {
			button.textContent = before;
		}, 2500 );
	}

	function show() {
		document.querySelectorAll( 'button[data-domain-sync-copy][hidden]' ).forEach( function ( button ) {
			button.hidden = false;
		} );
	}

	document.addEventListener( 'click', function ( event ) {
		var button = event.target.closest ? event.target.closest( 'button[data-domain-sync-copy]' ) : null;
		if ( ! button ) {
			return;
		}
		event.preventDefault();
		var text = button.getAttribute( 'data-domain-sync-copy' );
		put( text ).then(
			function () {
				say( button, button.getAttribute( 'data-done' ) + ': ' + text, button.getAttribute( 'data-done' ) );
			},
			function () {
				say( button, button.getAttribute( 'data-failed' ), button.getAttribute( 'data-failed' ) );
			}
		);
	} );

	if ( 'loading' === document.readyState ) {
		document.addEventListener( 'DOMContentLoaded', show );
	} else {
		show();
	}
	// Lists that are loaded later.
	if ( window.MutationObserver ) {
		new MutationObserver( show ).observe( document.documentElement, { childList: true, subtree: true } );
	}
}() );
