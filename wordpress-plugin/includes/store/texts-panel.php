<?php
/**
 * Texts of the reasons that come from the network and from RunCloud: label, sentence, next step.
 *
 * Names in braces are arguments of the reason; translations keep them as they are.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

return static fn( Reason $reason ): ?array => match ( $reason ) {
	Reason::Waiting => array(
		__( 'Waiting', 'domain-sync-for-runcloud' ),
		__( 'RunCloud is asked for this domain in the next run.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this takes a minute or two.', 'domain-sync-for-runcloud' ),
	),
	Reason::Mapped => array(
		__( 'At RunCloud', 'domain-sync-for-runcloud' ),
		__( 'RunCloud has this domain; nobody has looked yet at what visitors are served.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: the next look follows within minutes.', 'domain-sync-for-runcloud' ),
	),
	Reason::Adopted => array(
		__( 'Adopted', 'domain-sync-for-runcloud' ),
		__( 'RunCloud had this domain before it was mapped here; it was adopted and is removed when it is unmapped.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Not_Ours => array(
		__( 'Left at RunCloud', 'domain-sync-for-runcloud' ),
		__( 'RunCloud has this domain, which is not mapped here and was not made by the plugin. It stays as it is.', 'domain-sync-for-runcloud' ),
		__( 'Nothing, as long as somebody needs it. Otherwise remove it in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Primary => array(
		__( 'Primary domain', 'domain-sync-for-runcloud' ),
		__( 'This is the primary domain of the web application; it is never changed or removed from here.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Removed => array(
		__( 'Removed', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more, and RunCloud does not serve it.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Removed_Dns_Here => array(
		__( 'Removed, DNS still points here', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more, and RunCloud does not serve it, but its DNS still points to this server.', 'domain-sync-for-runcloud' ),
		__( 'Ask who has the domain to take the DNS records away. Another customer who maps it has to prove it first.', 'domain-sync-for-runcloud' ),
	),
	Reason::Removal_Waits => array(
		__( 'Removal is checked', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more; a second look at the database confirms that before it is removed.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this takes a minute or two.', 'domain-sync-for-runcloud' ),
	),
	Reason::Removal_Delayed => array(
		__( 'Removal is delayed', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more; it is removed at RunCloud at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Map the host again before that time if it is to stay.', 'domain-sync-for-runcloud' ),
	),
	Reason::Existing => array(
		__( 'Waits for approval', 'domain-sync-for-runcloud' ),
		__( 'This host was mapped before the plugin was in charge; nothing is done about it unasked.', 'domain-sync-for-runcloud' ),
		__( 'Review the plan, then approve or decline.', 'domain-sync-for-runcloud' ),
	),
	Reason::Unmapped_Meanwhile => array(
		__( 'Unmapped while nobody watched', 'domain-sync-for-runcloud' ),
		__( 'The network dropped this host while the plugin was not in charge; it is still at RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'Review the plan, then approve its removal or decline it.', 'domain-sync-for-runcloud' ),
	),
	Reason::Renamed => array(
		__( 'Renamed in the database', 'domain-sync-for-runcloud' ),
		__( 'The name of this host was changed in the database, as by a search and replace; RunCloud still has it under its old name.', 'domain-sync-for-runcloud' ),
		__( 'Review the plan, then approve: the new name is added, and the old one is removed.', 'domain-sync-for-runcloud' ),
	),
	Reason::Deleted_By_Others => array(
		__( 'Deleted at RunCloud', 'domain-sync-for-runcloud' ),
		__( 'This domain is mapped here and is not at RunCloud any more; the plugin had not made it, so it was not added again.', 'domain-sync-for-runcloud' ),
		__( 'Approve it in the plan to have it added, or unmap the host here.', 'domain-sync-for-runcloud' ),
	),
	Reason::Mass_Removal => array(
		__( 'Many domains vanished', 'domain-sync-for-runcloud' ),
		__( '{count} domains vanished at once, which looks like another database or an accident; none of them is touched.', 'domain-sync-for-runcloud' ),
		__( 'Review the plan, then approve or decline.', 'domain-sync-for-runcloud' ),
	),
	Reason::Declined => array(
		__( 'Declined', 'domain-sync-for-runcloud' ),
		__( 'The admin declined the step for this host; it stays as it is.', 'domain-sync-for-runcloud' ),
		__( 'Approve it if it is to be done after all.', 'domain-sync-for-runcloud' ),
	),
	Reason::Other_App => array(
		__( 'In another web application', 'domain-sync-for-runcloud' ),
		__( 'Another web application at RunCloud has this name.', 'domain-sync-for-runcloud' ),
		__( 'Remove the name there in the RunCloud dashboard, then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Ownership => array(
		__( 'Ownership not proven', 'domain-sync-for-runcloud' ),
		__( 'This host is not served until its customer has proved that it is theirs, by a TXT record {record}: another customer may have had it before, and its DNS may still point here by accident.', 'domain-sync-for-runcloud' ),
		__( 'Ask the customer to set the TXT record {record} to {value}; it is looked for by itself. Or approve the host, if you know that it is theirs.', 'domain-sync-for-runcloud' ),
	),
	Reason::Differs => array(
		__( 'Differs at RunCloud', 'domain-sync-for-runcloud' ),
		__( 'RunCloud serves this domain, but with other settings for www than the network wants.', 'domain-sync-for-runcloud' ),
		__( 'Nothing if the plugin made the domain: it is put right. Else approve the change.', 'domain-sync-for-runcloud' ),
	),
	Reason::Deleted => array(
		__( 'Deleted at RunCloud', 'domain-sync-for-runcloud' ),
		__( 'Somebody deleted this domain at RunCloud while it is mapped here; it is added again.', 'domain-sync-for-runcloud' ),
		__( 'Unmap the host here if it is not to be served.', 'domain-sync-for-runcloud' ),
	),
	Reason::Wildcard_Covers => array(
		__( 'Served by a wildcard', 'domain-sync-for-runcloud' ),
		__( 'The wildcard {wildcard} of the web application serves this host; it needs no domain of its own.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Www_Covers => array(
		__( 'Served with its domain', 'domain-sync-for-runcloud' ),
		__( 'RunCloud serves this host together with {domain}; it needs no domain of its own.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Wildcard_Gone => array(
		__( 'Wildcard is gone', 'domain-sync-for-runcloud' ),
		__( 'The wildcard that served this host is not at RunCloud any more; the host gets a domain of its own.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this takes a minute or two.', 'domain-sync-for-runcloud' ),
	),
	Reason::Suspended => array(
		__( 'Site is switched off', 'domain-sync-for-runcloud' ),
		__( 'The site or its domain record is not active, so the host stays as it is.', 'domain-sync-for-runcloud' ),
		__( 'Make the site or the record active again.', 'domain-sync-for-runcloud' ),
	),
	Reason::Base_Domain => array(
		__( 'Base domain', 'domain-sync-for-runcloud' ),
		__( 'Several sites share this host by path; it is mapped once for all of them.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::No_Host => array(
		__( 'Not a host name', 'domain-sync-for-runcloud' ),
		__( '"{name}" cannot be a host name, so RunCloud cannot serve it.', 'domain-sync-for-runcloud' ),
		__( 'Correct the name of the domain or the site.', 'domain-sync-for-runcloud' ),
	),
	Reason::Web_App_Changed => array(
		__( 'Web application changed', 'domain-sync-for-runcloud' ),
		__( 'The network now uses another web application; this host is still at the old one.', 'domain-sync-for-runcloud' ),
		__( 'Review the plan, then approve it to map the host at the new web application.', 'domain-sync-for-runcloud' ),
	),
	Reason::Left_Behind => array(
		__( 'At the old web application', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more; it is still at the web application {web_app}, which the network has left.', 'domain-sync-for-runcloud' ),
		__( 'Remove it there in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Add_Only => array(
		__( 'Not removed', 'domain-sync-for-runcloud' ),
		__( 'The network does not use this host any more; the policy "add only" never removes.', 'domain-sync-for-runcloud' ),
		__( 'Change the policy, or remove the domain in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
	),
	Reason::Paused => array(
		__( 'Paused', 'domain-sync-for-runcloud' ),
		__( 'The policy "paused" sends nothing to RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'Change the policy when it is to go on.', 'domain-sync-for-runcloud' ),
	),
	Reason::Copy => array(
		__( 'Copy of the network', 'domain-sync-for-runcloud' ),
		__( 'This is a copy of the network, or it has moved to another main domain; nothing is sent to RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'If the network has moved, say so with the button in the notice of the Network Admin.', 'domain-sync-for-runcloud' ),
	),
	Reason::Environment => array(
		__( 'Not production', 'domain-sync-for-runcloud' ),
		__( 'The type of this environment is "{environment}", so nothing is sent to RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'Set WP_ENVIRONMENT_TYPE to production if this is the real network.', 'domain-sync-for-runcloud' ),
	),
	Reason::Other_Network => array(
		__( 'Another network', 'domain-sync-for-runcloud' ),
		__( 'This host belongs to a network beside the main one, which Ultimate Multisite does not map.', 'domain-sync-for-runcloud' ),
		__( 'Move the site to the main network.', 'domain-sync-for-runcloud' ),
	),
	Reason::No_Extension => array(
		__( 'PHP extension is missing', 'domain-sync-for-runcloud' ),
		__( 'The PHP that runs WordPress\'s cron has not loaded the extension "runcloud".', 'domain-sync-for-runcloud' ),
		__( 'Load the extension in that PHP as well, or let PHP-FPM call wp-cron.php.', 'domain-sync-for-runcloud' ),
	),
	Reason::Blocked => array(
		__( 'Requests are forbidden', 'domain-sync-for-runcloud' ),
		__( 'WP_HTTP_BLOCK_EXTERNAL in wp-config.php forbids requests to RunCloud.', 'domain-sync-for-runcloud' ),
		__( 'Add {host} to WP_ACCESSIBLE_HOSTS.', 'domain-sync-for-runcloud' ),
	),
	Reason::Outcome_Unknown => array(
		__( 'Outcome not known', 'domain-sync-for-runcloud' ),
		__( 'RunCloud was asked, and its answer did not arrive; the next step is to look what became of it.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this is looked up by itself.', 'domain-sync-for-runcloud' ),
	),
	Reason::Crashed => array(
		__( 'Breaks off', 'domain-sync-for-runcloud' ),
		__( '{attempts} attempts in a row broke off without any outcome.', 'domain-sync-for-runcloud' ),
		__( 'Look into PHP\'s error log, put it right, then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Rate_Limited => array(
		__( 'Too many requests', 'domain-sync-for-runcloud' ),
		__( 'RunCloud has had enough requests for now; everything goes on at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing.', 'domain-sync-for-runcloud' ),
	),
	Reason::Quota_Spent => array(
		__( 'Month\'s requests are spent', 'domain-sync-for-runcloud' ),
		__( 'RunCloud\'s requests of this month are spent; everything goes on at {until}.', 'domain-sync-for-runcloud' ),
		__( 'Raise the quota at RunCloud if it cannot wait.', 'domain-sync-for-runcloud' ),
	),
	Reason::Panel_Down => array(
		__( 'RunCloud is down', 'domain-sync-for-runcloud' ),
		__( 'RunCloud answered with error {status}.', 'domain-sync-for-runcloud' ),
		__( 'Nothing: this is tried again, and goes on when RunCloud works again.', 'domain-sync-for-runcloud' ),
	),
	Reason::Unreachable => array(
		__( 'RunCloud is not reachable', 'domain-sync-for-runcloud' ),
		__( 'No connection to RunCloud could be made, or no answer came in time.', 'domain-sync-for-runcloud' ),
		__( 'Nothing for now. If it lasts, see whether a firewall or proxy of the server is in the way.', 'domain-sync-for-runcloud' ),
	),
	Reason::Unauthorized => array(
		__( 'Credentials are refused', 'domain-sync-for-runcloud' ),
		__( 'RunCloud does not accept the token.', 'domain-sync-for-runcloud' ),
		__( 'Set a token that is valid, then press "Test connection".', 'domain-sync-for-runcloud' ),
	),
	Reason::Forbidden => array(
		__( 'Not permitted', 'domain-sync-for-runcloud' ),
		__( 'RunCloud refuses this call: the token lacks a right, or this server\'s address is not on its allow-list.', 'domain-sync-for-runcloud' ),
		__( 'Correct the token\'s rights or its allow-list, then press "Test connection".', 'domain-sync-for-runcloud' ),
	),
	Reason::Web_App_Not_Found => array(
		__( 'Web application not found', 'domain-sync-for-runcloud' ),
		__( 'RunCloud knows no such server or web application.', 'domain-sync-for-runcloud' ),
		__( 'Correct the ids of the server and the web application, then press "Test connection".', 'domain-sync-for-runcloud' ),
	),
	Reason::Refused => array(
		__( 'Refused by RunCloud', 'domain-sync-for-runcloud' ),
		__( 'RunCloud refused the domain: {message}', 'domain-sync-for-runcloud' ),
		__( 'Put right what RunCloud says, then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Failed => array(
		__( 'Failed', 'domain-sync-for-runcloud' ),
		__( 'The step failed: {message}', 'domain-sync-for-runcloud' ),
		__( 'Put it right, then press "Try again".', 'domain-sync-for-runcloud' ),
	),
	Reason::Gave_Up => array(
		__( 'Given up', 'domain-sync-for-runcloud' ),
		__( 'This was tried for a day without success. {message}', 'domain-sync-for-runcloud' ),
		__( 'Press "Try again" when the cause is gone.', 'domain-sync-for-runcloud' ),
	),
	default => null,
};
