#!/bin/sh -eu
# A jar behind a symlink: `current` moves at once, and the release before stays for rollback.sh.
config=$(dirname "$0")/ssh_config
release=/srv/orders/releases/${VERSION:?say which version, as VERSION=2.1 nacos-rollout run …}
ssh -n -F "$config" "$NACOS_ROLLOUT_IP" mkdir -p "$release"
scp -q -F "$config" build/orders.jar "$NACOS_ROLLOUT_IP:$release/orders.jar"
ssh -n -F "$config" "$NACOS_ROLLOUT_IP" "cd /srv/orders &&
  if [ \"\$(readlink current)\" != '$release' ]; then ln -sfn \"\$(readlink current)\" previous; fi &&
  ln -sfn '$release' current.new && mv -T current.new current &&
  sudo systemctl restart 'orders@$NACOS_ROLLOUT_PORT'"
