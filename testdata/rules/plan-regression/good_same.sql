SELECT label FROM parcels WHERE id = 5;
