#!/bin/sh -eu
# A container by Docker Compose over ssh, a project for each port. `ssh_config` beside it says user, key and jump host.
here=$(dirname "$0")
version=${VERSION:?say which version, as VERSION=2.1 nacos-rollout run …}
scp -q -F "$here/ssh_config" "$here/compose.yaml" "$NACOS_ROLLOUT_IP:/srv/orders/compose.yaml"
# --force-recreate: without it a container whose image is the same goes on as it is.
ssh -n -F "$here/ssh_config" "$NACOS_ROLLOUT_IP" "IP='$NACOS_ROLLOUT_IP' PORT='$NACOS_ROLLOUT_PORT' VERSION='$version' \
docker compose -p 'orders-$NACOS_ROLLOUT_PORT' -f /srv/orders/compose.yaml up -d --no-deps --pull always --force-recreate orders"
