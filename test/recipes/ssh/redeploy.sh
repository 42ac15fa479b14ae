#!/bin/sh -eu
# To a systemd unit over ssh. `ssh_config` beside it says user, key and jump host.
config=$(dirname "$0")/ssh_config
scp -q -F "$config" build/orders.jar "$NACOS_ROLLOUT_IP:/srv/orders/orders.jar"
ssh -n -F "$config" "$NACOS_ROLLOUT_IP" sudo systemctl restart "orders@$NACOS_ROLLOUT_PORT"
