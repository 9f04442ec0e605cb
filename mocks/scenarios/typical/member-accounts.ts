/** The organisation's accounts that are in use, besides the production account, which manages it, and that of security. */
export const memberAccounts = [
	{id: '345678901234', name: 'acme-data'},
	{id: '456789012345', name: 'acme-dev'},
	{id: '111122223333', name: 'acme-shop-test'},
	{id: '222233334444', name: 'acme-shop-load'},
	{id: '333344445555', name: 'acme-sandbox'},
	{id: '666677778888', name: 'acme-backup'},
	{id: '777788889999', name: 'acme-media'},
	{id: '888899990000', name: 'acme-network'},
	{id: '101010101010', name: 'acme-payments'},
	{id: '202020202020', name: 'acme-research'},
] as const;
