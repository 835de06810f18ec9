<?php

/**
 * Holds together what is written down in more than one place: the version, the settings, the errors, the commands, the links.
 *
 * Usage: php -n -d extension=/abs/runcloud.so check-pages.php
 */

declare(strict_types=1);

if ($argc > 1 || !extension_loaded('runcloud')) {
    fwrite(STDERR, $argc > 1 ? "check-pages.php takes no arguments.\n" : "The built extension is not loaded.\n");
    fwrite(STDERR, "Usage: php -n -d extension=/abs/runcloud.so check-pages.php\n");
    exit(2);
}
chdir(dirname(__DIR__));
$faults = [
    ...versions(),
    ...settings('README.md'),
    ...settings('php-stubs/ini.md'),
    ...exceptions(),
    ...names(),
    ...commands(),
    ...links(),
];
foreach ($faults as $fault) {
    echo $fault, "\n";
}
exit($faults === [] ? 0 : 1);

/** One version everywhere; Cargo.toml sets it. */
function versions(): array
{
    $places = [
        'Cargo.toml' => '/^\[workspace\.package\]\nversion = "(.+)"/m',
        'CHANGELOG.md' => '/^## \[(\d.*)\]/m',
        'php-stubs/functions.php' => "/^const RUNCLOUD_VERSION = '(.+)';/m",
        'wordpress-plugin/domain-sync-for-runcloud.php' => '/^ \* Version: +(\S+)/m',
        'wordpress-plugin/readme.txt' => '/^Stable tag: *(\S+)/m',
    ];
    $versions = ['the built extension' => phpversion('runcloud')];
    foreach ($places as $file => $pattern) {
        preg_match($pattern, (string) @file_get_contents($file), $match);
        $versions[$file] = $match[1] ?? 'none';
    }
    $set = $versions['Cargo.toml'];
    $faults = [];
    foreach (array_filter($versions, static fn (string $version) => $version !== $set) as $place => $version) {
        $faults[] = "Version: {$place} has {$version}, Cargo.toml has {$set}.";
    }

    return $faults;
}

/** A table of settings names those of the extension, in any order, with their defaults and scopes. */
function settings(string $file): array
{
    $built = [];
    foreach (ini_get_all('runcloud') as $name => $setting) {
        $built[$name] = [(string) $setting['global_value'], $setting['access'] === INI_ALL ? 'ALL' : 'SYSTEM'];
    }
    preg_match_all('/^\| `(runcloud\.\w+)` \| (?:`(.*?)`)? *\| (\w+) \|/m', file_get_contents($file), $rows, PREG_SET_ORDER);
    $written = [];
    foreach ($rows as [, $name, $default, $scope]) {
        $written[$name] = [$default, $scope];
    }
    ksort($built);
    ksort($written);

    return $built === $written ? [] : ["Settings: {$file} says " . json_encode($written) . ', PHP says ' . json_encode($built) . '.'];
}

/** README's table of errors names every exception class of the extension, and no other. */
function exceptions(): array
{
    $prefix = 'RunCloud\\Exception\\';
    $built = array_filter(
        (new ReflectionExtension('runcloud'))->getClassNames(),
        static fn (string $name) => str_starts_with($name, $prefix) && class_exists($name)
    );
    $built = array_map(static fn (string $name) => substr($name, strlen($prefix)), $built);
    preg_match_all('/^\| `(\w+Exception)` \|/m', file_get_contents('README.md'), $match);
    sort($built);
    sort($match[1]);
    $differing = [...array_diff($built, $match[1]), ...array_diff($match[1], $built)];

    return $differing === [] ? [] : ['Errors: README.md and the extension differ in ' . implode(', ', $differing) . '.'];
}

/** README's list of taken names has every class, function and constant; the stubs have the enums, which come when they are used. */
function names(): array
{
    $extension = new ReflectionExtension('runcloud');
    $built = array_map(static fn (string $file): string => basename($file, '.php'), glob('php-stubs/RunCloud/*.php'));
    foreach ([...array_keys($extension->getFunctions()), ...array_keys(get_defined_constants(true)['runcloud'] ?? [])] as $name) {
        $built[] = preg_replace('/^RunCloud\\\\/i', '', $name);
    }
    preg_match('/^### Names it takes\n(.*?)(?=^So an application)/ms', file_get_contents('README.md'), $section);
    preg_match_all('/`(\w+)`/', $section[1] ?? '', $match);
    $written = array_diff($match[1], ['ExceptionInterface']);
    $differing = [...array_diff($built, $written), ...array_diff($written, $built)];

    return $differing === [] ? [] : ['Names: README.md ("Names it takes") and the extension differ in ' . implode(', ', $differing) . '.'];
}

/** Every `make` command in the pages is a target. */
function commands(): array
{
    preg_match_all('/^([a-z]+):/m', file_get_contents('Makefile'), $targets);
    $faults = [];
    foreach (pages() as $page) {
        preg_match_all('/(?:`|^\$ (?:sudo )?)make ([a-z]+)/m', file_get_contents($page), $match);
        foreach (array_diff($match[1], $targets[1]) as $target) {
            $faults[] = "Commands: {$page} names `make {$target}`, which the Makefile does not have.";
        }
    }

    return $faults;
}

/** Every link to a file of this repository leads somewhere. */
function links(): array
{
    $faults = [];
    foreach (pages() as $page) {
        preg_match_all('/\]\(([^)#:]+)(?:#[^)]*)?\)/', file_get_contents($page), $match);
        foreach ($match[1] as $link) {
            if (!file_exists(dirname($page) . "/{$link}")) {
                $faults[] = "Links: {$page} leads to {$link}, which is not there.";
            }
        }
    }

    return $faults;
}

/** @return list<string> */
function pages(): array
{
    return [...glob('*.md'), ...glob('php-stubs/*.md'), ...glob('tests/*/*.md'), ...glob('wordpress-plugin/*.md'), ...glob('docs/*.md')];
}
