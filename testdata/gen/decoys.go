package main

import "time"

// unrelatedChanges plants changes that explain nothing: of other buckets, roles and
// policies, by the same people and by others. Some of them failed.
func (g *generator) unrelatedChanges() {
	s := g.story("unrelated-changes", "changes that no incident is due to")
	note := func(ids ...string) { s.decoys = append(s.decoys, ids...) }
	allow := func(b bucket, who identity) object {
		return obj("Sid", "Read", "Effect", "Allow", "Principal", obj("AWS", who.roleARN()), "Action", "s3:GetObject", "Resource", b.arn()+"/*")
	}
	iam := func(at time.Time, who identity, name string, fails failure, params ...any) {
		note(s.other(event{at: at, who: who, source: "iam", name: name, params: obj(params...), fails: fails}))
	}

	// Buckets.
	note(
		s.putPolicy(on(5, 9, 40, 12), appAdmin, webAssets, failure{}, allow(webAssets, webAPI)),
		s.putPolicy(on(13, 15, 2, 50), lakeAdmin, reportsEU, failure{}, allow(reportsEU, athenaRunner)),
		s.putPolicy(on(20, 13, 58, 44), appAdmin, buildArtifacts, failure{}, allow(buildArtifacts, deployer)),
		s.putPolicy(on(26, 10, 58, 31), dataAdmin, backupVault, failure{}, allow(backupVault, snapshotter)),
		s.putPolicy(on(28, 9, 12, 30), appAdmin, tfState, failure{}, allow(tfState, deployer)),
		s.putPolicy(on(30, 5, 45, 9), dataAdmin, auditVault, failure{"MalformedPolicy", "Invalid principal in policy"}, allow(auditVault, analyst)),
	)
	// Roles, users and their policies.
	iam(on(2, 10, 11, 12), appAdmin, "AttachRolePolicy", failure{}, "roleName", "web-api", "policyArn", "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy")
	iam(on(7, 8, 20, 0), dataAdmin, "PutRolePolicy", failure{}, "roleName", "dashboard", "policyName", "metrics", "policyDocument", policyText(obj("Effect", "Allow", "Action", "cloudwatch:GetMetricData", "Resource", "*")))
	iam(on(12, 8, 40, 2), lakeAdmin, "DetachRolePolicy", failure{}, "roleName", "notebook", "policyArn", customerPolicy(lakeAccount, "data/tmp-write"))
	iam(on(12, 8, 44, 30), lakeAdmin, "DeleteRolePolicy", failure{"NoSuchEntityException", "The role policy with name s3-inline cannot be found."}, "roleName", "etl-loader", "policyName", "s3-inline")
	iam(on(14, 13, 2, 7), dataAdmin, "UpdateAssumeRolePolicy", failure{}, "roleName", "nightly-export", "policyDocument", policyText(obj("Effect", "Allow", "Principal", obj("Service", "ecs-tasks.amazonaws.com"), "Action", "sts:AssumeRole")))
	iam(on(16, 16, 30, 21), lakeAdmin, "AddUserToGroup", failure{}, "groupName", "sql-users", "userName", "jmiller")
	iam(on(23, 14, 41, 0), appAdmin, "CreatePolicyVersion", failure{}, "policyArn", customerPolicy(appAccount, "ci/deploy"), "policyDocument", policyText(obj("Effect", "Allow", "Action", "ecs:UpdateService", "Resource", "*")), "setAsDefault", true)
	iam(on(29, 2, 55, 16), appAdmin, "AttachUserPolicy", failure{}, "userName", "svc-replicator", "policyArn", customerPolicy(appAccount, "machines/state-read"))
	// Endpoints and organization policies.
	note(s.other(event{at: on(23, 14, 30, 11), who: dataAdmin, source: "ec2", name: "ModifyVpcEndpoint",
		params: obj("ModifyVpcEndpointRequest", obj("VpcEndpointId", dataEndpoint, "PrivateDnsEnabled", true)),
		reply:  obj("ModifyVpcEndpointResponse", obj("return", true))}))
	note(s.other(event{at: on(20, 13, 59, 20), who: managementAdmin, source: "organizations", name: "AttachPolicy",
		params: obj("policyId", "p-6v4y751d", "targetId", "ou-ab1c-4kd9x2m1"),
		fails:  failure{"ConcurrentModificationException", "AWS Organizations can't complete your request because it conflicts with another attempt to modify the same entity. Try again later."}}))
}
