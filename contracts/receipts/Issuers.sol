// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IIssuers} from "./IIssuers.sol";

/// @title Issuers and their keys
/// @notice What an issuer says about itself, and when which of its keys was in force.
abstract contract Issuers is IIssuers {
    struct SignerPeriod {
        uint64 validFrom;
        uint64 retiredAt;
    }

    uint256 private constant LONGEST_DOMAIN = 253;

    mapping(address issuer => string) private _domains;
    mapping(address issuer => string) internal _metadataBases;
    mapping(address issuer => address) internal _publishers;
    mapping(address issuer => address) internal _coSigners;
    mapping(address issuer => mapping(address signer => SignerPeriod)) private _signers;

    /// @inheritdoc IIssuers
    function setDomain(string calldata domain) external {
        uint256 length = bytes(domain).length;
        if (length > LONGEST_DOMAIN) revert DomainTooLong(length, LONGEST_DOMAIN);
        _domains[msg.sender] = domain;
        emit DomainSet(msg.sender, domain);
    }

    /// @inheritdoc IIssuers
    function setSigner(address signer) external {
        if (signer == address(0)) revert SignerZero();
        SignerPeriod storage period = _signers[msg.sender][signer];
        if (period.validFrom != 0) revert SignerKnown(signer, period.validFrom);
        period.validFrom = uint64(block.timestamp);
        emit SignerAdded(msg.sender, signer, uint64(block.timestamp));
    }

    /// @inheritdoc IIssuers
    function retireSigner(address signer) external {
        SignerPeriod storage period = _signers[msg.sender][signer];
        if (period.validFrom == 0 || period.retiredAt != 0) revert SignerNotInForce(signer);
        period.retiredAt = uint64(block.timestamp);
        emit SignerRetired(msg.sender, signer, uint64(block.timestamp));
    }

    /// @inheritdoc IIssuers
    function setPublisher(address publisher) external {
        _publishers[msg.sender] = publisher;
        emit PublisherSet(msg.sender, publisher);
    }

    /// @inheritdoc IIssuers
    function setCoSigner(address coSigner) external {
        _coSigners[msg.sender] = coSigner;
        emit CoSignerSet(msg.sender, coSigner);
    }

    /// @inheritdoc IIssuers
    function issuerOf(address issuer) external view returns (string memory, address, address) {
        return (_domains[issuer], _publishers[issuer], _coSigners[issuer]);
    }

    /// @inheritdoc IIssuers
    function signerOf(address issuer, address signer) external view returns (uint64, uint64) {
        SignerPeriod storage period = _signers[issuer][signer];
        return (period.validFrom, period.retiredAt);
    }
}
