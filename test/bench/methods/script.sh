#!/bin/bash
# script.sh NACOS SERVICE REDEPLOY SECONDS PORT ...
#
# What many have: one instance after another is disabled, so many seconds are waited, it is redeployed, looked at until it
# is healthy three times in a row, and enabled. SECONDS 'none' only redeploys. Says 'off PORT' and 'on PORT' as it goes.
set -euo pipefail
nacos=$1 service=$2 redeploy=$3 seconds=$4; shift 4

enable() { # PORT true|false
  curl -fsS -o /dev/null -X PUT "$nacos/nacos/v1/ns/instance?serviceName=$service&ip=127.0.0.1&port=$1&enabled=$2"
}

for port; do
  if [ "$seconds" != none ]; then
    enable "$port" false
    echo "off $port"
    sleep "$seconds"
  fi
  curl -fsS -o /dev/null -X POST "$redeploy/$port"
  good=0
  until [ $good = 3 ]; do
    sleep 1
    if curl -fsS -o /dev/null "http://127.0.0.1:$port/actuator/health"; then good=$((good + 1)); else good=0; fi
  done
  if [ "$seconds" != none ]; then
    enable "$port" true
    echo "on $port"
    sleep 1
  fi
done
