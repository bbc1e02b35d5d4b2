// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Signed messages
/// @notice Struct hashes of the EIP-712 messages that the contract checks, and who signed one.
/// @dev Plain ECDSA on purpose: what a key signed must not change when code appears at its address.
library Messages {
    bytes32 private constant ANCHOR = keccak256(
        "Anchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root)"
    );
    bytes32 private constant COSIGNED_ANCHOR = keccak256(
        "CosignedAnchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root,uint32 cosignUntil)"
    );
    bytes32 internal constant CLAIM = keccak256(
        "Claim(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)"
    );
    bytes32 internal constant CO_SIGN = keccak256(
        "CoSign(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)"
    );

    function anchorHash(
        address issuer,
        uint64 edition,
        uint32 firstSerial,
        uint32 count,
        bytes32 root
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(ANCHOR, issuer, edition, firstSerial, count, root));
    }

    function cosignedAnchorHash(
        address issuer,
        uint64 edition,
        uint32 firstSerial,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(COSIGNED_ANCHOR, issuer, edition, firstSerial, count, root, cosignUntil));
    }

    /// @notice Hash of a `Claim` or `CoSign`, which differ in `typeHash` only.
    function claimHash(
        bytes32 typeHash,
        address issuer,
        uint64 edition,
        uint32 serial,
        address recipient,
        uint64 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(typeHash, issuer, edition, serial, recipient, deadline));
    }

    /// @notice The key that signed, or zero when the signature is not 65 bytes of ECDSA with a low s.
    function recover(bytes32 digest, bytes calldata signature) internal pure returns (address signer) {
        (signer, , ) = ECDSA.tryRecoverCalldata(digest, signature);
    }
}
