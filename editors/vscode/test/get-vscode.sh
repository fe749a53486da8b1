#!/bin/sh
# Put a VS Code server with its web window into a folder, from the npm registry (the package code-server, MIT), for
# vscode.test.mjs: test/get-vscode.sh FOLDER && HAMDEL_TEST_VSCODE=FOLDER/vscode npm test
# It needs Node.js 20 with its headers (in $NODE_DIR, /usr by default) and a C++ compiler, and takes about a minute.
set -eu
folder=$1
mkdir -p "$folder"
cd "$folder"
npm pack --silent code-server@4.100.3 >/dev/null
tar -xzf code-server-4.100.3.tgz
mv package/lib/vscode vscode
rm -r package code-server-4.100.3.tgz
cd vscode
# Only what the server can't start without is compiled; install scripts would download binaries from elsewhere.
npm install --ignore-scripts --omit=dev --no-audit --no-fund --silent
for module in @vscode/spdlog native-watchdog node-pty; do
  npm rebuild --silent --nodedir="${NODE_DIR:-/usr}" "$module"
done
ln -s node_modules node_modules.asar
# No gallery of extensions: it would be asked over the network at each start.
node -e 'const fs = require("fs"); const product = JSON.parse(fs.readFileSync("product.json", "utf8"));
delete product.extensionsGallery; fs.writeFileSync("product.json", JSON.stringify(product));'
