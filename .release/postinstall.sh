#!/bin/sh
# Makes the user of the service. The timer stays off until somebody enables it.
set -e
if command -v systemd-sysusers >/dev/null; then
	systemd-sysusers trail403.conf
elif ! getent passwd trail403 >/dev/null; then
	useradd --system --user-group --no-create-home --home-dir /var/lib/trail403 --shell /usr/sbin/nologin trail403
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
