<?php

// A request that uses nothing of the extension.
echo 'nothing';
