#!/bin/sh -u
# Yours: the service, its instances, its check, how long its consumers may call it, and what redeploys one of them.
service=orders
for instance in 10.0.0.5:8080 10.0.0.6:8080; do
  nacos-rollout disable "$service" --instance "$instance" --minimum 1 --wait 40s || exit
  ./redeploy.sh "$instance" || exit
  nacos-rollout enable "$service" --instance "$instance" --restarted --check tcp --within 5m || exit
done
