<?php
/**
 * DNS providers: their name, the page on which they say themselves how a record is set, and how the names of their name servers end.
 *
 * A name server in a provider's own domain is that provider's. Names that several providers share (nsone.net, googledomains.com) are not here: no
 * name is better than a wrong one. Where no such page is known that stays, the provider's help or its main page is named. Each address was
 * looked up in other people's documentation or in a stored copy; name servers as well where a provider has several domains for them.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

return array(
	// India and Bangladesh.
	array( 'BigRock', 'https://www.bigrock.in/support', array( 'bigrock.in', 'bigrock.com' ) ),
	array( 'ResellerClub', 'https://manage.resellerclub.com/kb/', array( 'resellerclub.com' ) ),
	array( 'OrderBox (ResellerClub, LogicBoxes and their resellers)', 'https://manage.resellerclub.com/kb/', array( 'orderbox-dns.com' ) ),
	array( 'HostGator India', 'https://www.hostgator.in/', array( 'hostgator.in' ) ),
	array( 'Bluehost India', 'https://www.bluehost.in/', array( 'bluehost.in' ) ),
	array( 'ZNetLive', 'https://www.znetlive.com/', array( 'znetlive.com', 'znetlive.in' ) ),
	array( 'MilesWeb', 'https://www.milesweb.in/', array( 'milesweb.com', 'milesweb.in' ) ),
	array( 'BTCL', 'https://bdia.btcl.com.bd/', array( 'btcl.com.bd', 'btcl.net.bd', 'btcl.gov.bd', 'bttb.net.bd' ) ),
	array( 'ExonHost', 'https://www.exonhost.com/', array( 'exonhost.com' ) ),
	array( 'DianaHost', 'https://kb.dianahost.com/', array( 'dianahost.com' ) ),
	array( 'XeonBD', 'https://www.xeonbd.com/', array( 'xeonbd.com' ) ),
	array( 'Alpha Net', 'https://www.alpha.net.bd/', array( 'alpha.net.bd' ) ),
	array( 'HostMight', 'https://www.hostmight.com/', array( 'hostmight.com' ) ),
	array( 'EyHost', 'https://www.eyhost.biz/', array( 'eyhost.biz' ) ),

	// Everywhere.
	array( 'GoDaddy', 'https://www.godaddy.com/help/add-an-a-record-19238', array( 'domaincontrol.com', 'godaddy.com' ) ),
	array( 'Namecheap', 'https://www.namecheap.com/support/knowledgebase/article.aspx/319/2237/how-can-i-set-up-an-a-address-record-for-my-domain/', array( 'registrar-servers.com', 'namecheaphosting.com' ) ),
	array( 'Cloudflare', 'https://developers.cloudflare.com/dns/manage-dns-records/how-to/create-dns-records/', array( 'ns.cloudflare.com' ) ),
	array( 'Hostinger', 'https://www.hostinger.com/support/1583249-how-to-manage-dns-records-at-hostinger/', array( 'dns-parking.com', 'hostinger.com' ) ),
	array( 'HostGator', 'https://www.hostgator.com/help', array( 'hostgator.com' ) ),
	array( 'Bluehost', 'https://www.bluehost.com/help/article/dns-management-add-edit-or-delete-dns-entries', array( 'bluehost.com' ) ),
	array( 'SiteGround', 'https://www.siteground.com/kb/manage-dns-records-site-tools', array( 'siteground.net' ) ),
	array( 'DreamHost', 'https://help.dreamhost.com/hc/en-us/articles/360035516812', array( 'dreamhost.com' ) ),
	array( 'A2 Hosting', 'https://www.a2hosting.com/kb/', array( 'a2hosting.com' ) ),
	array( 'InMotion Hosting', 'https://www.inmotionhosting.com/support/', array( 'inmotionhosting.com' ) ),
	array( 'Contabo', 'https://help.contabo.com/', array( 'contabo.net' ) ),
	array( 'IONOS', 'https://www.ionos.com/help/domains/', array( 'ui-dns.com', 'ui-dns.org', 'ui-dns.de', 'ui-dns.biz' ) ),
	array( 'OVHcloud', 'https://help.ovhcloud.com/', array( 'ovh.net', 'anycast.me' ) ),
	array( 'Gandi', 'https://docs.gandi.net/en/domain_names/common_operations/dns_records.html', array( 'gandi.net' ) ),
	array( 'Name.com', 'https://www.name.com/support/articles/115004893508-adding-an-a-record', array( 'name.com' ) ),
	array( 'Porkbun', 'https://kb.porkbun.com/article/68-how-to-edit-dns-records', array( 'ns.porkbun.com' ) ),
	array( 'Dynadot', 'https://www.dynadot.com/community/help/question/create-A-record', array( 'dyna-ns.net', 'dynadot.com' ) ),
	array( 'Network Solutions', 'https://www.networksolutions.com/help/article/manage-dns-adns-records', array( 'worldnic.com' ) ),
	array( 'Hover', 'https://help.hover.com/hc/en-us/articles/217282457', array( 'hover.com' ) ),
	array( 'Squarespace', 'https://support.squarespace.com/hc/en-us/articles/360002101888', array( 'squarespacedns.com' ) ),
	array( 'Wix', 'https://support.wix.com/en/article/managing-dns-records-in-your-wix-account', array( 'wixdns.net' ) ),
	array( 'WordPress.com', 'https://wordpress.com/support/domains/custom-dns/', array( 'wordpress.com' ) ),
	array( 'Amazon Route 53', 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-creating.html', array( 'awsdns-*' ) ),
	array( 'Azure DNS', 'https://learn.microsoft.com/azure/dns/dns-operations-recordsets-portal', array( 'azure-dns.com', 'azure-dns.net', 'azure-dns.org', 'azure-dns.info' ) ),
	array( 'DigitalOcean', 'https://docs.digitalocean.com/products/networking/dns/how-to/manage-records/', array( 'digitalocean.com' ) ),
	array( 'Akamai (Linode)', 'https://techdocs.akamai.com/cloud-computing/docs/dns-manager', array( 'linode.com' ) ),
	array( 'Vultr', 'https://docs.vultr.com/', array( 'vultr.com' ) ),
	array( 'Hetzner', 'https://docs.hetzner.com/dns-console/dns/', array( 'ns.hetzner.com', 'ns.hetzner.de' ) ),
	array( 'Vercel', 'https://vercel.com/docs/domains/managing-dns-records', array( 'vercel-dns.com' ) ),
	array( 'DNS Made Easy', 'https://support.dnsmadeeasy.com/', array( 'dnsmadeeasy.com' ) ),
	array( 'ClouDNS', 'https://www.cloudns.net/wiki/', array( 'cloudns.net' ) ),
	array( 'Hurricane Electric', 'https://dns.he.net/', array( 'he.net' ) ),
	array( 'TransIP', 'https://www.transip.eu/knowledgebase/', array( 'transip.net', 'transip.nl' ) ),
	array( 'Infomaniak', 'https://www.infomaniak.com/en/support/faq', array( 'infomaniak.com', 'infomaniak.ch' ) ),
	array( 'Loopia', 'https://support.loopia.com/wiki/dns-editor-a-and-cname-2/', array( 'loopia.se' ) ),
	array( 'one.com', 'https://help.one.com/hc/en-us/articles/115005595925', array( 'one.com' ) ),
	array( 'DNSPod', 'https://docs.dnspod.com/', array( 'dnspod.net' ) ),
	array( 'Alibaba Cloud', 'https://www.alibabacloud.com/help/en/dns/', array( 'alidns.com', 'hichina.com' ) ),
);
