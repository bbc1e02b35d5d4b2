// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Issuers and their keys
/// @notice An issuer is any address (a Safe in production) that speaks for itself: nobody admits or removes it.
/// The keys have separate powers: the *signer* signs certificates, the *publisher* signs anchors, the *co-signer*
/// may delay claims. Times are block times, so nothing can be dated back.
interface IIssuers {
    /// @notice The issuer named the domain whose did.json must name it in turn; an empty string unbinds it.
    event DomainSet(address indexed issuer, string domain);
    /// @notice The issuer set where wallets find display metadata; no verdict reads it.
    event MetadataBaseSet(address indexed issuer, string base);
    /// @notice Certificates signed by this key count from this time.
    event SignerAdded(address indexed issuer, address indexed signer, uint64 validFrom);
    /// @notice Certificates of this key that are not anchored stop counting; anchored ones stand.
    event SignerRetired(address indexed issuer, address indexed signer, uint64 retiredAt);
    /// @notice The key that may anchor batches changed; zero means that nobody may.
    event PublisherSet(address indexed issuer, address indexed publisher);
    /// @notice The key that may have to sign claims along changed.
    event CoSignerSet(address indexed issuer, address indexed coSigner);

    /// @notice A domain name has at most 253 characters.
    error DomainTooLong(uint256 length, uint256 longest);
    /// @notice A signer is an address other than zero.
    error SignerZero();
    /// @notice A key is added once; a retired key never comes back, use a new one.
    error SignerKnown(address signer, uint64 validFrom);
    /// @notice Only a key that is in force can be retired.
    error SignerNotInForce(address signer);

    /// @notice Names the domain of the calling issuer.
    /// @param domain host name without scheme or path, for example `shop.example`
    function setDomain(string calldata domain) external;

    /// @notice Sets the base of `tokenURI` for the calling issuer's tokens; display only.
    /// @param base prefix to which the decimal token id is appended
    function setMetadataBase(string calldata base) external;

    /// @notice Adds a key that signs certificates, valid from now.
    /// @param signer address of the key
    function setSigner(address signer) external;

    /// @notice Retires a key that signs certificates, as of now.
    /// @param signer address of the key
    function retireSigner(address signer) external;

    /// @notice Sets the key that may anchor batches.
    /// @param publisher address of the key, or zero for none
    function setPublisher(address publisher) external;

    /// @notice Sets the key that signs claims along while a batch asks for it.
    /// @param coSigner address of the key, or zero for none
    function setCoSigner(address coSigner) external;

    /// @notice What an issuer says about itself.
    /// @param issuer address of the issuer
    /// @return domain its domain, empty when unbound
    /// @return publisher the key that may anchor, or zero
    /// @return coSigner the key that signs claims along, or zero
    function issuerOf(
        address issuer
    ) external view returns (string memory domain, address publisher, address coSigner);

    /// @notice When a key could sign certificates for an issuer.
    /// @param issuer address of the issuer
    /// @param signer address of the key
    /// @return validFrom time it was added, 0 when it never was
    /// @return retiredAt time it was retired, 0 while it is in force
    function signerOf(
        address issuer,
        address signer
    ) external view returns (uint64 validFrom, uint64 retiredAt);
}
