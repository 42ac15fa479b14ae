#!/bin/sh -eu
# Back to the release before: the plan's rollback command.
config=$(dirname "$0")/ssh_config
ssh -n -F "$config" "$NACOS_ROLLOUT_IP" "cd /srv/orders &&
  ln -sfn \"\$(readlink previous)\" current.new && mv -T current.new current &&
  sudo systemctl restart 'orders@$NACOS_ROLLOUT_PORT'"
