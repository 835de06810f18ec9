<?php

/**
 * Makes a CycloneDX list of the extension's parts from what cargo knows of them.
 */

declare(strict_types=1);

if ($argc !== 5) {
    fwrite(STDERR, "Call: cargo metadata ... | php sbom.php TREE SECONDS RUST ZIG (scripts/dist-sbom does)\n");
    exit(2);
}
[, $tree, $time, $rust, $zig] = $argv;
$metadata = json_decode((string) stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$packages = array_column($metadata['packages'], null, 'id');
$nodes = array_column($metadata['resolve']['nodes'], null, 'id');
$root = $metadata['resolve']['root'];

/** Checksums of the crates, which only the lock file has. */
$sums = [];
foreach (explode('[[package]]', (string) file_get_contents(dirname(__DIR__) . '/Cargo.lock')) as $entry) {
    if (preg_match('/name = "(.+)"\nversion = "(.+)"\n(?:.*\n)*?checksum = "(.+)"/', $entry, $match) === 1) {
        $sums["$match[1] $match[2]"] = $match[3];
    }
}

/** The crates of the build as "name vVersion", without what only tests or build scripts use. */
preg_match_all('/^\S+ v\S+/m', (string) file_get_contents($tree), $lines);
$built = array_flip($lines[0]);
$isBuilt = fn (string $id): bool => isset($built["{$packages[$id]['name']} v{$packages[$id]['version']}"]);

$used = [];
$wanted = [$root];
while ($wanted !== []) {
    $id = array_pop($wanted);
    $used[$id] = [];
    foreach ($nodes[$id]['deps'] as $dependency) {
        if ($isBuilt($dependency['pkg']) && in_array(null, array_column($dependency['dep_kinds'], 'kind'), true)) {
            $used[$id][] = $dependency['pkg'];
            if (!isset($used[$dependency['pkg']])) {
                $wanted[] = $dependency['pkg'];
            }
        }
    }
}
ksort($used);

$reference = fn (string $id): string => "pkg:cargo/{$packages[$id]['name']}@{$packages[$id]['version']}";
$component = function (string $id) use ($packages, $reference, $sums): array {
    $package = $packages[$id];
    $sum = $sums["{$package['name']} {$package['version']}"] ?? null;
    // Older crates separate alternatives by a slash.
    $licence = strtr($package['license'] ?? '', ['/' => ' OR ']);
    return [
        'type' => 'library',
        'bom-ref' => $reference($id),
        'name' => $package['name'],
        'version' => $package['version'],
        'purl' => $reference($id),
        ...$licence === '' ? [] : ['licenses' => [['expression' => $licence]]],
        ...$sum === null ? [] : ['hashes' => [['alg' => 'SHA-256', 'content' => $sum]]],
    ];
};
$main = ['type' => 'library', 'bom-ref' => 'runcloud', ...array_diff_key($component($root), ['type' => 0, 'bom-ref' => 0, 'purl' => 0])];

$components = [];
$dependencies = [];
foreach ($used as $id => $needs) {
    if ($id !== $root) {
        $components[] = $component($id);
    }
    $needs = array_values(array_unique(array_map($reference, $needs)));
    $dependencies[] = ['ref' => $id === $root ? 'runcloud' : $reference($id), 'dependsOn' => $needs];
}
// What is no crate, but linked in as well.
$psl = array_column($packages, 'version', 'name')['psl'];
foreach (
    [
        ['rust-std', $rust, 'MIT OR Apache-2.0', "Rust's standard library"],
        ['llvm-libunwind', "zig-$zig", 'Apache-2.0 WITH LLVM-exception', 'unwinding, as zig carries it'],
        ['public-suffix-list', "psl-$psl", 'MPL-2.0', 'data, packed from the crate psl'],
    ] as [$name, $version, $licence, $description]
) {
    $components[] = ['type' => 'library', 'bom-ref' => $name, 'name' => $name, 'version' => $version,
        'description' => $description, 'licenses' => [['expression' => $licence]]];
    $dependencies[] = ['ref' => $name, 'dependsOn' => []];
}

echo json_encode([
    'bomFormat' => 'CycloneDX',
    'specVersion' => '1.5',
    'version' => 1,
    'metadata' => ['timestamp' => gmdate('Y-m-d\TH:i:s\Z', (int) $time), 'component' => $main],
    'components' => $components,
    'dependencies' => $dependencies,
], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR), PHP_EOL;
