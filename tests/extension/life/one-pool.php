<?php

/**
 * Shows what becomes of an application when an extension is loaded for one pool of PHP-FPM only, with OPcache's JIT compiler on
 * and another pool served first. Both pools run the same two scripts; neither script uses the extension.
 *
 * Usage: php tests/extension/life/one-pool.php EXTENSION...
 *
 *     php tests/extension/life/one-pool.php intl sockets curl "$PWD/modules/runcloud.so"
 */

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\PhpFpm;
use RunCloud\Test\Support\TemporaryDirectory;

require __DIR__ . '/../support/autoload.php';

if ($argc < 2) {
    fwrite(STDERR, "Usage: php {$argv[0]} EXTENSION...\n");
    exit(2);
}
$directory = new TemporaryDirectory();
$classes = '';
for ($i = 0; $i < 60; $i++) {
    $classes .= "final class C{$i} { public int \$one = 1; public static array \$list = [{$i}]; }\n"
        . "function f{$i}(): int { return (new C{$i}())->one + \\count(C{$i}::\$list); }\n";
}
$calls = implode(' + ', array_map(static fn (int $i): string => "f{$i}()", range(0, 59)));
$scripts = [
    $directory->write('first.php', "<?php\n{$classes}echo {$calls};"),
    realpath(__DIR__ . '/../support/many-classes.php'),
];
$ini = [
    'zend_extension' => 'opcache', 'opcache.enable' => '1', 'opcache.jit' => 'tracing', 'opcache.jit_buffer_size' => '16M',
    'display_errors' => '0', 'log_errors' => '1',
];

foreach (array_slice($argv, 1) as $extension) {
    $pool = ['pm.max_children' => '1'];
    $fpm = new PhpFpm($ini, $pool + ['php_admin_value[extension]' => $extension], $pool);
    $outcomes = ['served' => 0, 'status 500' => 0, 'crashed' => 0];
    for ($round = 0; $round < 5; $round++) {
        foreach (['other' => $scripts, 'pool' => array_reverse($scripts)] as $name => $order) {
            foreach ($order as $script) {
                try {
                    $outcome = $fpm->client(pool: $name)->run($script)->status === 200 ? 'served' : 'status 500';
                } catch (\RuntimeException) {
                    $outcome = 'crashed';
                }
                $outcomes[$outcome] += $name === 'pool' ? 1 : 0;
            }
        }
    }
    $log = $fpm->stop();
    printf("%-12s %2d served, %d status 500, %d crashed", basename($extension), ...array_values($outcomes));
    echo preg_match('/exited on signal \d+ \((\w+)|PHP (Fatal error: +\S+ \w+: [^,"]*)/', $log, $why) ? '  ' . end($why) : '', "\n";
}
