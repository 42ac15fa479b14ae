#!/bin/sh -eu
# Our deploy command calls a playbook, for the one host of this target.
exec ansible-playbook -i "$NACOS_ROLLOUT_IP," "$(dirname "$0")/redeploy.yaml" \
  -e "port=$NACOS_ROLLOUT_PORT service=$NACOS_ROLLOUT_SERVICE"
