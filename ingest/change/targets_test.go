package change

import (
	"strings"
	"testing"
)

// What each listed call touches, from records in CloudTrail's shape. The parts
// that matter are those of AWS's examples and of public trails.
func TestTargets(t *testing.T) {
	left := map[call]bool{}
	for c := range calls() {
		left[c] = true
	}
	source := "s3.amazonaws.com"
	// f checks the targets of a call, as "TYPE NAME, TYPE NAME".
	f := func(name, request, response, resources, want string) {
		t.Helper()
		delete(left, call{serviceOf(source), name})
		c := decode(t, record("eventSource", `"`+source+`"`, "eventName", `"`+name+`"`,
			"requestParameters", request, "responseElements", response, "resources", resources))
		var got []string
		for _, target := range c.Targets {
			got = append(got, target.Type+" "+target.Name)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %s, want %s", name, strings.Join(got, ", "), want)
		}
	}

	const bucketARN = `[{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`
	for _, name := range []string{
		"PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutBucketOwnershipControls", "DeleteBucketOwnershipControls",
		"PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "PutPublicAccessBlock", "DeletePublicAccessBlock",
		"PutBucketEncryption", "DeleteBucketEncryption", "PutBucketObjectLockConfiguration", "PutObjectLockConfiguration",
		"PutBucketRequestPayment", "CreateBucket", "DeleteBucket", "PutBucketAbac", "PutBucketTagging", "DeleteBucketTagging",
	} {
		f(name, `{"bucketName":"corp-data","Host":"s3.us-east-1.amazonaws.com","policy":""}`, "null", bucketARN, "bucket corp-data")
		f(name, `{"BucketName":["corp-data"],"host":["s3.us-east-1.amazonaws.com"]}`, "null", "", "bucket corp-data")
		f(name, `"{\"bucketName\":\"corp-data\"}"`, "null", "", "bucket corp-data")
		f(name, "null", "null", bucketARN, "bucket corp-data")
	}
	for _, name := range []string{"TagResource", "UntagResource"} {
		f(name, `{"resourceArn":"arn:aws:s3:::corp-data","tagKeys":"team"}`, "null", "", "bucket corp-data")
		f(name, "null", "null", bucketARN, "bucket corp-data")
	}
	f("PutBucketPolicy", `{"bucketName":""}`, "null", "null", "")
	f("PutBucketEncryption", `{"bucketName":"b","encryption":"","ServerSideEncryptionConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","Rule":{"BucketKeyEnabled":true,"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"1234abcd"}}}}`,
		"null", "", "bucket b, key arn:aws:kms:us-east-1:111122223333:key/1234abcd")
	f("PutBucketEncryption", `{"bucketName":"b","ServerSideEncryptionConfiguration":{"Rule":[{"ApplyServerSideEncryptionByDefault":{"KMSMasterKeyID":"alias/data"}}]}}`,
		"null", "", "bucket b, alias arn:aws:kms:us-east-1:111122223333:alias/data")
	const block = `{"PublicAccessBlockConfiguration":{"xmlns":"http://awss3control.amazonaws.com/doc/2018-08-20/","RestrictPublicBuckets":true},"host":["111122223333.s3-control.us-east-1.amazonaws.com"]}`
	for _, name := range []string{"PutAccountPublicAccessBlock", "DeleteAccountPublicAccessBlock", "PutPublicAccessBlock", "DeletePublicAccessBlock"} {
		f(name, block, "null", "", "account 111122223333")
	}
	const point = `[{"accountId":"111122223333","type":"AWS::S3::AccessPoint","ARN":"arn:aws:s3:us-east-1:111122223333:accesspoint/ap"},{"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`
	for _, name := range []string{
		"CreateAccessPoint", "DeleteAccessPoint", "PutAccessPointPolicy", "DeleteAccessPointPolicy",
		"PutAccessPointScope", "DeleteAccessPointScope", "PutAccessPointPublicAccessBlock",
	} {
		f(name, `{"accountId":"111122223333","name":"ap"}`, "null", point, "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap, bucket corp-data")
		f(name, `{"name":"ap"}`, "null", "", "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap")
	}
	f("CreateAccessPoint", `{"name":"ap","CreateAccessPointRequest":{"Bucket":"corp-data"}}`, "null", "", "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap, bucket corp-data")
	f("PutAccessPointPolicy", `{"name":"arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/accesspoint/ap"}`, "null", "", "access-point arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/accesspoint/ap")
	for _, name := range []string{
		"CreateAccessPointForObjectLambda", "DeleteAccessPointForObjectLambda", "PutAccessPointPolicyForObjectLambda", "DeleteAccessPointPolicyForObjectLambda",
	} {
		f(name, `{"name":"lambda-ap"}`, "null", "", "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/lambda-ap")
	}
	f("CreateMultiRegionAccessPoint", `{"CreateMultiRegionAccessPointRequest":{"Details":{"Name":"mrap","Regions":{"Region":[{"Bucket":"a"},{"Bucket":"b"}]}}}}`, "null", "", "multi-region-access-point mrap, bucket a, bucket b")
	f("DeleteMultiRegionAccessPoint", `{"details":{"name":"mrap"}}`, "null", "", "multi-region-access-point mrap")
	f("PutMultiRegionAccessPointPolicy", `{"PutMultiRegionAccessPointPolicyRequest":{"Details":{"Name":"mrap","Policy":"{}"}}}`, "null", "", "multi-region-access-point mrap")
	f("CreateAccessGrant", `{"accountId":"111122223333","CreateAccessGrantRequest":{"Grantee":{"GranteeType":"IAM","GranteeIdentifier":"arn:aws:iam::111122223333:role/app/reader"},"Permission":"READ"}}`,
		`{"GrantScope":"s3://corp-data/reports/*"}`, "", "bucket corp-data, role arn:aws:iam::111122223333:role/reader, account 111122223333")
	f("DeleteAccessGrant", `{"accountId":"111122223333","accessGrantId":"x"}`, "null", "", "account 111122223333")
	f("CreateAccessGrantsLocation", `{"LocationScope":"s3://corp-data/*","IAMRoleArn":"arn:aws:iam::111122223333:role/x"}`, "null", "", "bucket corp-data, account 111122223333")
	f("UpdateAccessGrantsLocation", `{"accessGrantsLocationId":"x"}`, `{"LocationScope":"s3://corp-data*"}`, "", "bucket corp-data, account 111122223333")
	f("DeleteAccessGrantsLocation", `{"accessGrantsLocationId":"x"}`, "null", "", "account 111122223333")
	for _, name := range []string{
		"CreateAccessGrantsInstance", "DeleteAccessGrantsInstance", "PutAccessGrantsInstanceResourcePolicy", "DeleteAccessGrantsInstanceResourcePolicy",
	} {
		f(name, `{"x-amz-account-id":"111122223333"}`, "null", "", "account 111122223333")
	}
	source = "s3tables.amazonaws.com"
	for _, name := range []string{
		"PutTableBucketPolicy", "DeleteTableBucketPolicy", "PutTablePolicy", "DeleteTablePolicy",
		"PutTableBucketEncryption", "DeleteTableBucketEncryption", "DeleteTableBucket",
	} {
		f(name, `{"tableBucketARN":"arn:aws:s3tables:us-east-1:111122223333:bucket/tables","namespace":"n","name":"t"}`, "null", "", "bucket tables")
	}
	f("CreateTableBucket", `{"name":"tables"}`, `{"arn":"arn:aws:s3tables:us-east-1:111122223333:bucket/tables"}`, "", "bucket tables")
	source = "s3vectors.amazonaws.com"
	for _, name := range []string{"PutVectorBucketPolicy", "DeleteVectorBucketPolicy", "CreateVectorBucket", "DeleteVectorBucket"} {
		f(name, `{"vectorBucketName":"vectors"}`, "null", "", "bucket vectors")
		f(name, `{"vectorBucketArn":"arn:aws:s3vectors:us-east-1:111122223333:bucket/vectors"}`, "null", "", "bucket vectors")
	}

	source = "iam.amazonaws.com"
	const (
		role     = "role arn:aws:iam::111122223333:role/reader"
		user     = "user arn:aws:iam::111122223333:user/bob"
		group    = "group arn:aws:iam::111122223333:group/staff"
		policy   = "policy arn:aws:iam::111122223333:policy/team/Read"
		managed  = "policy arn:aws:iam::aws:policy/ReadOnlyAccess"
		boundary = `"permissionsBoundary":"arn:aws:iam::111122223333:policy/team/Read"`
	)
	for _, name := range []string{"AttachRolePolicy", "DetachRolePolicy"} {
		f(name, `{"roleName":"reader","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}`, "null", "", role+", "+managed)
	}
	for _, name := range []string{"AttachUserPolicy", "DetachUserPolicy"} {
		f(name, `{"userName":"bob","policyArn":"arn:aws:iam::111122223333:policy/team/Read"}`, "null", "", user+", "+policy)
	}
	for _, name := range []string{"AttachGroupPolicy", "DetachGroupPolicy"} {
		f(name, `{"groupName":"staff","policyArn":"arn:aws:iam::111122223333:policy/team/Read"}`, "null", "", group+", "+policy)
	}
	for _, name := range []string{"PutRolePolicy", "DeleteRolePolicy", "DeleteRolePermissionsBoundary", "UpdateAssumeRolePolicy", "DeleteRole", "DeleteServiceLinkedRole", "TagRole", "UntagRole"} {
		f(name, `{"roleName":"reader","policyName":"inline","policyDocument":"{}"}`, "null", "", role)
	}
	for _, name := range []string{"PutUserPolicy", "DeleteUserPolicy", "DeleteUserPermissionsBoundary", "DeleteUser", "TagUser", "UntagUser"} {
		f(name, `{"userName":"bob","policyName":"inline"}`, "null", "", user)
	}
	for _, name := range []string{"PutGroupPolicy", "DeleteGroupPolicy", "CreateGroup", "DeleteGroup"} {
		f(name, `{"groupName":"staff","policyName":"inline","path":"/team/"}`, "null", "", group)
	}
	f("PutRolePermissionsBoundary", `{"roleName":"reader",`+boundary+`}`, "null", "", role+", "+policy)
	f("PutUserPermissionsBoundary", `{"userName":"bob",`+boundary+`}`, "null", "", user+", "+policy)
	f("CreateRole", `{"path":"/app/","roleName":"reader","assumeRolePolicyDocument":"{}"}`, `{"role":{"path":"/app/","roleName":"reader","arn":"arn:aws:iam::111122223333:role/app/reader"}}`, "", role)
	f("CreateRole", `{"roleName":"reader",`+boundary+`}`, "null", "", role+", "+policy)
	f("CreateUser", `{"userName":"bob","path":"/team/"}`, `{"user":{"userName":"bob","arn":"arn:aws:iam::111122223333:user/team/bob"}}`, "", user)
	f("UpdateUser", `{"userName":"bob","newUserName":"bobby"}`, "null", "", user+", user arn:aws:iam::111122223333:user/bobby")
	f("CreateServiceLinkedRole", `{"aWSServiceName":"x.amazonaws.com"}`, `{"role":{"path":"/aws-service-role/x/","roleName":"AWSServiceRoleForX","arn":"arn:aws:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX"}}`, "", "role arn:aws:iam::111122223333:role/AWSServiceRoleForX")
	f("CreateServiceLinkedRole", `{}`, `{"role":{"arn":"arn:aws:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX"}}`, "", "role arn:aws:iam::111122223333:role/AWSServiceRoleForX")
	for _, name := range []string{"AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"} {
		f(name, `{"instanceProfileName":"web","roleName":"reader"}`, "null", "", role+", instance-profile arn:aws:iam::111122223333:instance-profile/web")
	}
	for _, name := range []string{"AddUserToGroup", "RemoveUserFromGroup"} {
		f(name, `{"userName":"bob","groupName":"staff"}`, "null", "", user+", "+group)
	}
	for _, name := range []string{"CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion", "DeletePolicy"} {
		f(name, `{"policyArn":"arn:aws:iam::111122223333:policy/team/Read","versionId":"v2"}`, "null", "", policy)
	}
	f("CreatePolicy", `{"policyName":"Read","path":"/team/","policyDocument":"{}"}`, `{"policy":{"policyName":"Read","arn":"arn:aws:iam::111122223333:policy/team/Read"}}`, "", policy)
	f("CreatePolicy", `{"policyName":"Read","path":"/team/"}`, "null", "", policy)
	f("CreatePolicy", `{"policyName":"Read"}`, "null", "", "policy arn:aws:iam::111122223333:policy/Read")

	source = "organizations.amazonaws.com"
	const summary = `{"policy":{"policySummary":{"id":"p-bvdv3rx3","type":"SERVICE_CONTROL_POLICY","arn":"arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-bvdv3rx3"}}}`
	f("CreatePolicy", `{"name":"n","type":"SERVICE_CONTROL_POLICY","content":"{}"}`, summary, "", "organization-policy p-bvdv3rx3")
	f("UpdatePolicy", `{"policyId":"p-bvdv3rx3","content":"{}"}`, summary, "", "organization-policy p-bvdv3rx3")
	f("DeletePolicy", `{"policyId":"p-bvdv3rx3"}`, "null", "", "organization-policy p-bvdv3rx3")
	for _, name := range []string{"AttachPolicy", "DetachPolicy"} {
		f(name, `{"targetId":"444455556666","policyId":"p-bvdv3rx3"}`, "null", "", "organization-policy p-bvdv3rx3, account 444455556666")
		f(name, `{"targetId":"ou-root-unit","policyId":"p-bvdv3rx3"}`, "null", "", "organization-policy p-bvdv3rx3, organizational-unit ou-root-unit")
		f(name, `{"targetId":"r-bmrv","policyId":"p-FullAWSAccess"}`, "null", "", "organization-policy p-FullAWSAccess, root r-bmrv")
	}
	for _, name := range []string{"EnablePolicyType", "DisablePolicyType"} {
		f(name, `{"rootId":"r-bmrv","policyType":"SERVICE_CONTROL_POLICY"}`, `{"root":{"arn":"arn:aws:organizations::111122223333:root/o-example/r-bmrv","id":"r-bmrv"}}`, "", "root r-bmrv, organization o-example")
	}
	f("EnableAllFeatures", "null", `{"handshake":{"id":"h-1","arn":"arn:aws:organizations::111122223333:handshake/o-example/enable_all_features/h-1"}}`, "", "organization o-example")
	f("CreateOrganization", `{"featureSet":"ALL"}`, `{"organization":{"id":"o-example","arn":"arn:aws:organizations::111122223333:organization/o-example"}}`, "", "organization o-example")
	f("DeleteOrganization", "null", "null", "", "")
	f("MoveAccount", `{"accountId":"444455556666","destinationParentId":"ou-a-b","sourceParentId":"r-a"}`, "null", "", "account 444455556666, root r-a, organizational-unit ou-a-b")
	f("AcceptHandshake", `{"handshakeId":"h-1"}`, `{"handshake":{"id":"h-1","arn":"arn:aws:organizations::999988887777:handshake/o-example/invite/h-1"}}`, "", "account 111122223333, organization o-example")
	f("LeaveOrganization", "null", "null", "", "account 111122223333")
	f("RemoveAccountFromOrganization", `{"accountId":"444455556666"}`, "null", "", "account 444455556666")
	f("CloseAccount", `{"accountId":"444455556666"}`, "null", "", "account 444455556666")

	source = "ec2.amazonaws.com"
	f("CreateVpcEndpoint", `{"CreateVpcEndpointRequest":{"VpcId":"vpc-1","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableId":{"tag":1,"content":"rtb-1"}}}`,
		`{"CreateVpcEndpointResponse":{"requestId":"r","vpcEndpoint":{"vpcEndpointId":"vpce-0abc","vpcId":"vpc-1","policyDocument":"{}"}}}`, "", "vpc-endpoint vpce-0abc")
	f("ModifyVpcEndpoint", `{"ModifyVpcEndpointRequest":{"VpcEndpointId":"vpce-0abc","PolicyDocument":"{}"}}`, `{"ModifyVpcEndpointResponse":{"return":true}}`, "", "vpc-endpoint vpce-0abc")
	f("ModifyVpcEndpoint", `{"vpcEndpointId":"vpce-0abc"}`, "null", "", "vpc-endpoint vpce-0abc")
	f("DeleteVpcEndpoints", `{"DeleteVpcEndpointsRequest":{"VpcEndpointId":{"tag":1,"content":"vpce-0abc"}}}`, `{"DeleteVpcEndpointsResponse":{"unsuccessful":"","requestId":"r"}}`, "", "vpc-endpoint vpce-0abc")
	f("DeleteVpcEndpoints", `{"DeleteVpcEndpointsRequest":{"VpcEndpointId":[{"tag":1,"content":"vpce-1"},{"tag":2,"content":"vpce-2"}]}}`,
		`{"DeleteVpcEndpointsResponse":{"unsuccessful":{"item":{"resourceId":"vpce-1","error":{"code":"InvalidVpcEndpointId.NotFound"}}}}}`, "", "vpc-endpoint vpce-2")
	f("DeleteVpcEndpoints", `{"vpcEndpointIds":["vpce-1","vpce-2"]}`, "null", "", "vpc-endpoint vpce-1, vpc-endpoint vpce-2")
	f("DeleteVpcEndpoints", `{"vpcEndpointIdSet":{},"VpcEndpointId":{"items":[{"content":"vpce-1"}]}}`, "null", "", "vpc-endpoint vpce-1")

	source = "kms.amazonaws.com"
	const (
		keyARN  = "arn:aws:kms:us-west-2:111122223333:key/1234abcd"
		keyList = `[{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"` + keyARN + `"}]`
	)
	for _, name := range []string{
		"PutKeyPolicy", "CreateGrant", "RevokeGrant", "EnableKey", "DisableKey", "ScheduleKeyDeletion", "CancelKeyDeletion", "ImportKeyMaterial", "DeleteImportedKeyMaterial",
	} {
		f(name, `{"keyId":"1234abcd"}`, "null", keyList, "key "+keyARN)
		f(name, `{"keyId":"alias/data"}`, `{"keyId":"`+keyARN+`"}`, "", "key "+keyARN)
		f(name, `{"keyId":"`+keyARN+`"}`, "null", "null", "key "+keyARN)
		f(name, `{"keyId":"1234abcd"}`, "null", "", "key arn:aws:kms:us-east-1:111122223333:key/1234abcd")
		f(name, `{"keyId":"alias/data"}`, "null", "", "alias arn:aws:kms:us-east-1:111122223333:alias/data")
	}
	f("RetireGrant", "null", `{"keyId":"`+keyARN+`"}`, keyList, "key "+keyARN)
	f("DeleteKey", "null", "null", keyList, "key "+keyARN)
	f("CreateKey", `{"policy":"{}"}`, `{"keyMetadata":{"keyId":"1234abcd","arn":"`+keyARN+`"}}`, "", "key "+keyARN)
	const aliasList = `[{"type":"AWS::KMS::Key","ARN":"arn:aws:kms:us-east-1:111122223333:alias/data"},{"type":"AWS::KMS::Key","ARN":"` + keyARN + `"}]`
	for _, name := range []string{"CreateAlias", "UpdateAlias", "DeleteAlias"} {
		f(name, `{"aliasName":"alias/data","targetKeyId":"1234abcd"}`, "null", aliasList, "alias arn:aws:kms:us-east-1:111122223333:alias/data, key "+keyARN)
	}

	source = "sso.amazonaws.com"
	const (
		setARN = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
		set    = "permission-set " + setARN
		in     = `"instanceArn":"arn:aws:sso:::instance/ssoins-1","permissionSetArn":"` + setARN + `"`
	)
	f("CreatePermissionSet", `{"name":"Admins","instanceArn":"arn:aws:sso:::instance/ssoins-1"}`, `{"permissionSet":{"name":"Admins","permissionSetArn":"`+setARN+`"}}`, "", set+", permission-set-name Admins")
	for _, name := range []string{
		"UpdatePermissionSet", "DeletePermissionSet", "PutInlinePolicyToPermissionSet", "DeleteInlinePolicyFromPermissionSet",
		"AttachCustomerManagedPolicyReferenceToPermissionSet", "DetachCustomerManagedPolicyReferenceFromPermissionSet", "DeletePermissionsBoundaryFromPermissionSet",
	} {
		f(name, `{`+in+`,"customerManagedPolicyReference":{"name":"Read","path":"/"}}`, "null", "", set)
	}
	for _, name := range []string{"AttachManagedPolicyToPermissionSet", "DetachManagedPolicyFromPermissionSet"} {
		f(name, `{`+in+`,"managedPolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}`, "null", "", set+", "+managed)
	}
	f("PutPermissionsBoundaryToPermissionSet", `{`+in+`,"permissionsBoundary":{"managedPolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}`, "null", "", set+", "+managed)
	f("ProvisionPermissionSet", `{`+in+`,"targetType":"AWS_ACCOUNT","targetId":"444455556666"}`, "null", "", set+", account 444455556666")
	f("ProvisionPermissionSet", `{`+in+`,"targetType":"ALL_PROVISIONED_ACCOUNTS"}`, "null", "", set)
	for _, name := range []string{"CreateAccountAssignment", "DeleteAccountAssignment"} {
		f(name, `{`+in+`,"targetType":"AWS_ACCOUNT","targetId":"444455556666","principalType":"GROUP","principalId":"34887428"}`, "null", "", set+", account 444455556666, identity-group 34887428")
		f(name, `{`+in+`,"targetType":"AWS_ACCOUNT","targetId":"444455556666","principalType":"USER","principalId":"94e80458"}`, "null", "", set+", account 444455556666, identity-user 94e80458")
	}
	for _, name := range []string{"identitystore.amazonaws.com", "sso-directory.amazonaws.com"} {
		source = name
		f("CreateGroupMembership", `{"identityStoreId":"d-1","groupId":"g","memberId":{"userId":"u"}}`, "null", "", "identity-group g, identity-user u")
		f("DeleteGroupMembership", `{"identityStoreId":"d-1","membershipId":"m"}`, "null", "", "")
		f("AddMemberToGroup", `{"identityStoreId":"d-1","groupId":"g","member":{"memberId":"u"}}`, "null", "", "identity-group g, identity-user u")
		f("RemoveMemberFromGroup", `{"identityStoreId":"d-1","groupId":"g","member":{"memberId":"u"}}`, "null", "", "identity-group g, identity-user u")
		f("DeleteGroup", `{"identityStoreId":"d-1","groupId":"g"}`, "null", "", "identity-group g")
	}
	source = "lakeformation.amazonaws.com"
	const analyst = `{"dataLakePrincipalIdentifier":"arn:aws:iam::444455556666:role/data/analyst"}`
	for _, name := range []string{"GrantPermissions", "RevokePermissions"} {
		f(name, `{"principal":`+analyst+`,"resource":{"table":{"databaseName":"d","name":"t"}},"permissions":["SELECT"]}`, "null", "", "role arn:aws:iam::444455556666:role/analyst")
		f(name, `{"principal":{"dataLakePrincipalIdentifier":"IAM_ALLOWED_PRINCIPALS"}}`, "null", "", "")
	}
	for _, name := range []string{"BatchGrantPermissions", "BatchRevokePermissions"} {
		f(name, `{"entries":[{"id":"1","principal":`+analyst+`},{"id":"2","principal":{"dataLakePrincipalIdentifier":"arn:aws:iam::444455556666:user/ana"}}]}`, "null", "",
			"role arn:aws:iam::444455556666:role/analyst, user arn:aws:iam::444455556666:user/ana")
	}
	for c := range left {
		t.Errorf("%v is not tested", c)
	}
}

// Calls of a listed name that alter no access.
func TestAltersNothing(t *testing.T) {
	f := func(source, name, request, response string) {
		t.Helper()
		r := record("eventSource", `"`+source+`"`, "eventName", `"`+name+`"`, "requestParameters", request, "responseElements", response, "resources", "")
		if c, ok, err := Decode(r); ok || err != nil {
			t.Errorf("%s: got %v, %v", name, c.Targets, err)
		}
	}
	f("organizations.amazonaws.com", "CreatePolicy", `{"type":"TAG_POLICY"}`, "null")
	f("organizations.amazonaws.com", "UpdatePolicy", `{"policyId":"p-1"}`, `{"policy":{"policySummary":{"id":"p-1","type":"BACKUP_POLICY"}}}`)
	f("organizations.amazonaws.com", "DisablePolicyType", `{"rootId":"r-1","policyType":"AISERVICES_OPT_OUT_POLICY"}`, "null")
	f("ec2.amazonaws.com", "DeleteVpcEndpoints", `{"DeleteVpcEndpointsRequest":{"VpcEndpointId":"vpce-1"}}`, `{"DeleteVpcEndpointsResponse":{"unsuccessful":{"item":{"resourceId":"vpce-1"}}}}`)
}

// The account and the partition of a name are those of the call.
func TestNamesInFull(t *testing.T) {
	f := func(want string, changes ...string) {
		t.Helper()
		c := decode(t, record(append([]string{"eventSource", `"iam.amazonaws.com"`, "eventName", `"DeleteRole"`, "requestParameters", `{"roleName":"reader"}`}, changes...)...))
		if len(c.Targets) != 1 || c.Targets[0].Name != want {
			t.Errorf("got %v, want %s", c.Targets, want)
		}
	}
	f("arn:aws:iam::111122223333:role/reader")
	f("arn:aws:iam::444455556666:role/reader", "recipientAccountId", `"444455556666"`)
	f("arn:aws:iam::111122223333:role/reader", "recipientAccountId", "")
	f("role/reader", "recipientAccountId", `"1234"`, "userIdentity", "")
	f("arn:aws-cn:iam::111122223333:role/reader", "userIdentity", `{"type":"Root","arn":"arn:aws-cn:iam::111122223333:root"}`)
	f("arn:aws-us-gov:iam::111122223333:role/reader", "userIdentity", `{"type":"AWSService","invokedBy":"sso.amazonaws.com"}`, "awsRegion", `"us-gov-west-1"`)
	f("arn:aws:iam::111122223333:role/reader", "requestParameters", `{"roleName":"arn:aws:iam::111122223333:role/app/reader"}`)
}

// Hostile parameters cost no more than they may, and never fail.
func TestHostileTargets(t *testing.T) {
	ids := strings.Repeat(`"vpce-1","vpce-2",`, 50_000)
	many := make([]string, 1000)
	for i := range many {
		many[i] = `"vpce-` + strings.Repeat("x", i) + `"`
	}
	for _, request := range []string{
		`{"vpcEndpointIds":[` + ids + `"vpce-3"]}`,
		`{"vpcEndpointIds":[` + strings.Join(many, ",") + `]}`,
		strings.Repeat(`{"a":`, 1000) + `{"vpcEndpointId":"vpce-1"}` + strings.Repeat("}", 1000),
		strings.Repeat(`[`, 1000) + strings.Repeat("]", 1000),
		`{"vpcEndpointId":` + strings.Repeat(`{"content":`, 1000) + `"vpce-1"` + strings.Repeat("}", 1000) + `}`,
		`"\"\\\"{}\\\"\""`, `"["`, `7`, `true`,
	} {
		c := decode(t, record("eventSource", `"ec2.amazonaws.com"`, "eventName", `"DeleteVpcEndpoints"`, "requestParameters", request))
		if len(c.Targets) > maxTargets {
			t.Errorf("%d targets", len(c.Targets))
		}
	}
	odd := []string{"null", "true", "0", `""`, `"x"`, `"{"`, `"{\"roleName\":1}"`, "[]", "[null]", `[["a"]]`, `[{}]`, "{}", `{"":null}`, `{"roleName":{},"role":[],"ARN":7,"arn":{}}`}
	for c := range calls() {
		source := c.service + ".amazonaws.com"
		for _, value := range odd {
			decode(t, record("eventSource", `"`+source+`"`, "eventName", `"`+c.name+`"`, "requestParameters", value, "responseElements", value, "resources", value, "userIdentity", value))
		}
	}
}
