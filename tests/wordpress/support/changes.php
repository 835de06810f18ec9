<?php

/**
 * Carries out $changes, a list of [what, name, other name], within WordPress, one after the other. Others do the same at the same time, so
 * the network may refuse any of them: a host is taken by now, a record is gone.
 *
 * @return int How many the network took.
 */

declare(strict_types=1);

require_once ABSPATH . 'wp-admin/includes/ms.php';

$address = static fn (string $site): string => "{$site}." . DOMAIN_CURRENT_SITE;
$site = static fn (string $name): int => (int) (get_sites(['domain' => $address($name), 'fields' => 'ids'])[0] ?? 0);
$accepted = static fn (mixed $result): mixed => is_wp_error($result)
    ? throw new DomainException($result->get_error_message())
    : $result;
$record = static fn (string $host): object => wu_get_domain_by_domain($host) ?: throw new DomainException("{$host} is not mapped.");
$map = static fn (string $host, string $name = ''): object => $accepted(
    wu_create_domain(['domain' => $host, 'blog_id' => $site($name) ?: 1, 'active' => true, 'stage' => 'checking-dns'])
);
$unmap = static fn (string $host): bool => (bool) $record($host)->delete();

$delete = static fn (string $name): object => $accepted(
    wp_delete_site($site($name) ?: throw new DomainException("There is no site {$name}."))
);

$done = 0;
foreach ($changes as [$what, $name, $other]) {
    try {
        switch ($what) {
            case 'new-site':
                $accepted(wpmu_create_blog($address($name), '/', 'A site', 1));
                break;
            case 'delete-site':
                $delete($name);
                break;
            case 'map':
                $map($name, $other);
                break;
            case 'unmap':
                $unmap($name);
                break;
            case 'rename':
                $domain = $record($name);
                $domain->set_domain($other);
                $accepted($domain->save());
                break;
            case 'map-and-unmap':
                $map($name, $other);
                $unmap($name);
                break;
            case 'unmap-and-map':
                $unmap($name);
                $map($name, $other);
                break;
            default:
                throw new LogicException("Nobody knows how to {$what}.");
        }
        $done++;
    } catch (DomainException) {
        continue;
    } catch (Error $error) {
        // Ultimate Multisite itself does not expect that a record goes while it is being saved.
        if (!str_contains($error->getFile(), 'ultimate-multisite')) {
            throw $error;
        }
    }
}

return $done;
