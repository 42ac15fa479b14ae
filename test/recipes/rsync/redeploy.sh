#!/bin/sh -eu
# A directory by rsync, then a restart: only what has changed goes over the line.
config=$(dirname "$0")/ssh_config
rsync -a --delete -e "ssh -F $config" build/ "$NACOS_ROLLOUT_IP:/srv/orders/"
ssh -n -F "$config" "$NACOS_ROLLOUT_IP" sudo systemctl restart "orders@$NACOS_ROLLOUT_PORT"
