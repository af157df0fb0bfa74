	CREATE INDEX a ON baskets (id);

		/*	*/	CREATE INDEX b ON baskets	(id);
